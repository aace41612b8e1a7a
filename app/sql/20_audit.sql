-- Changes of who may do what are recorded; hashes, secrets and codes are kept out of the record.
select audit.watch(
    'users', 'users', '{user_id}', '{password_hash,totp_secret,totp_last_step}'
);
select audit.watch('recovery_codes', 'recovery_codes', '{user_id}', '{code_hash}');
select audit.watch('security_answers', 'security_answers', '{user_id,position}', '{answer_hash}');
select audit.watch('reset_codes', 'reset_codes', '{user_id}', '{code_hash,tries}');
