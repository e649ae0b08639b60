# src/view
