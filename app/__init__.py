"""The Streamlit application: pages over what is published, data entry into the source, sign-in, audit."""
