"""Everything that draws, and all that uses Streamlit."""
