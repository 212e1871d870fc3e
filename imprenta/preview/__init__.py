"""The page in the browser that shows the report while it is written: saves -> builds -> changed pages."""
