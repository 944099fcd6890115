//! Receipts and addresses that take no messages, over a real store.
