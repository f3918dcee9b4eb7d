"""Changing the set-up. Reading is next door: what is here loads SQLModel, which takes half a second."""
