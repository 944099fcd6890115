//! The real client of the register of teachers against its simulator and against recorded answers, over a socket.

mod change_requests;
mod contract;
mod faults;
mod people;
mod recorded;
mod sameness;
#[path = "../support/tls.rs"]
mod tls;
