//! TLS in front of a simulator: with a certificate that is valid, or with one that has expired.

use std::net::SocketAddr;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use url::Url;

/// It listens until it is dropped.
pub(crate) struct TlsFront {
    task: JoinHandle<()>,
    port: u16,
    authority: String,
}

/// Is the certificate good now?
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certificate {
    #[allow(dead_code, reason = "not every suite needs it")]
    Valid,
    Expired,
}

impl TlsFront {
    /// Passes on to a plain server what comes in over TLS.
    pub(crate) async fn start(behind: SocketAddr, certificate: Certificate) -> TlsFront {
        let authority = authority();
        let acceptor = TlsAcceptor::from(Arc::new(server_config(&authority, certificate)));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    // A client that does not like the certificate goes, and that is its right.
                    let Ok(mut inside) = acceptor.accept(stream).await else { return };
                    if let Ok(mut outside) = TcpStream::connect(behind).await {
                        let _ = copy_bidirectional(&mut inside, &mut outside).await;
                    }
                });
            }
        });
        TlsFront { task, port, authority: authority.pem() }
    }

    pub(crate) fn url(&self) -> Url {
        format!("https://localhost:{}/", self.port).parse().unwrap()
    }

    /// The certificate, in PEM, of the authority that certified it.
    pub(crate) fn authority(&self) -> Vec<u8> {
        self.authority.clone().into_bytes()
    }
}

impl Drop for TlsFront {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

fn server_config(authority: &CertifiedIssuer<'static, KeyPair>, certificate: Certificate) -> ServerConfig {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    if certificate == Certificate::Expired {
        params.not_after = date_time_ymd(2020, 1, 1);
        params.not_before = date_time_ymd(2019, 1, 1);
    }
    let signed = params.signed_by(&key, authority).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let builder = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    builder.with_single_cert(vec![signed.der().clone()], key).unwrap()
}
