-- Changes of who may do what are recorded; hashes, secrets and codes are kept out of the record.
select audit.watch(
    'users', 'users', '{user_id}', '{password_hash,totp_secret,totp_last_step}'
);
select audit.watch('recovery_codes', 'recovery_codes', '{user_id}', '{code_hash}');
