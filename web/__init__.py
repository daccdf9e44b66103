"""What answers HTTP beside Streamlit: the server, who may come in, signing in, the phone app."""
