"""Everything that draws or talks to Streamlit."""
