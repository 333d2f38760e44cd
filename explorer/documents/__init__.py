"""The stage's document: its description (`schema`), and how it is built from an operation and a view (`build`)."""
