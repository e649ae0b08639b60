# src/carrier
