# src/dialler
