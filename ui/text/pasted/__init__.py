"""The one reader of pasted numbers: text to tokens, to statements, to named arrays, to what they mean."""
