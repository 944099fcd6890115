//! Files of evidence: which there may be, and which have outlived their use.

use identity::change_request::{ChangeDecision, ChangeRequest};
use identity::evidence::EvidenceId;

use super::change_requests::without_file;
use crate::sample::{change_request, date_request, noon, seconds};
use crate::world::World;

impl World {
    /// What is swept when files without a request live until so many seconds after noon, and those of a decided one as
    /// long after the decision.
    async fn outlived(&self, after_noon: i64) -> Vec<EvidenceId> {
        let time = noon() + seconds(after_noon);
        self.sees(move |db| db.evidence_files().outlived(time, time, 10)).await
    }

    async fn forgets(&self, id: EvidenceId) -> bool {
        self.does(move |db| db.evidence_files().forget(id)).await
    }
}

fn file(request: &ChangeRequest) -> EvidenceId {
    request.evidence.id.expect("it rests on a file")
}

pub(crate) async fn a_file_that_no_request_names_is_to_be_swept_once_it_is_old(world: World) {
    let ids = [1, 2, 3].map(|_| EvidenceId::new(&world.random));
    world
        .does(move |db| {
            ids.iter().zip(1..).try_for_each(|(id, second)| db.evidence_files().expect(*id, noon() + seconds(second)))
        })
        .await;
    assert_eq!(world.outlived(1).await, [], "the oldest is just as old as may be");
    assert_eq!(world.outlived(3).await, ids[..2]);
    let far = noon() + seconds(60);
    assert_eq!(world.sees(move |db| db.evidence_files().outlived(far, far, 1)).await, ids[..1]);
    assert!(world.forgets(ids[0]).await);
    assert!(world.forgets(ids[0]).await, "whoever forgets it again does no harm");
    assert_eq!(world.outlived(60).await, ids[1..]);
}

pub(crate) async fn a_file_outlives_its_request_for_a_while_and_no_longer(world: World) {
    let jane = world.has_teacher("jane@example.com").await;
    let (decided, waiting) = (change_request(&world.random, &jane), date_request(&world.random, &jane));
    world.makes(&decided).await;
    world.makes(&waiting).await;
    assert_eq!(world.outlived(60).await, []);
    // It is decided at nine seconds past noon.
    assert!(world.decides(decided.id, ChangeDecision::Approved).await);
    assert_eq!(world.outlived(9).await, []);
    assert_eq!(world.outlived(10).await, [file(&decided)]);
}

pub(crate) async fn a_file_that_is_forgotten_leaves_the_request_without_one(world: World) {
    let jane = world.has_teacher("jane@example.com").await;
    let request = change_request(&world.random, &jane);
    world.makes(&request).await;
    assert!(world.decides(request.id, ChangeDecision::Approved).await);
    let decided = world.change_request(request.id).await.expect("it is there");
    assert!(world.forgets(file(&request)).await);
    assert_eq!(world.change_request(request.id).await, Some(without_file(decided)));
    assert_eq!((world.count("evidence_files"), world.outlived(60).await), (0, vec![]));
}

pub(crate) async fn a_file_of_a_pending_request_is_not_forgotten(world: World) {
    let jane = world.has_teacher("jane@example.com").await;
    let request = change_request(&world.random, &jane);
    world.makes(&request).await;
    assert!(!world.forgets(file(&request)).await);
    assert_eq!(world.change_request(request.id).await, Some(request));
    assert_eq!(world.count("evidence_files"), 1);
}
