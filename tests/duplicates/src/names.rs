//! The names of the invented people. They are this program's own, written without a look at data/nicknames.txt: what
//! people are called is more than the rule knows.

/// A given name, and what those who bear it are called besides. The commonest names come first.
pub(crate) const WOMEN: &str = "\
Sarah Sally Sadie
Susan Sue Susie Suze
Margaret Maggie Meg Peggy Madge Mags Margie
Emma Em Emmy Ems
Elizabeth Liz Beth Lizzie Betty Libby Eliza Bess
Jane Janey
Nicola Nicky Nic Nikki
Claire
Jennifer Jen Jenny Jenna
Karen Kaz
Helen Nell Hels
Rebecca Becky Becca Bex
Laura Lolly
Katherine Kate Kathy Katie Kath Kit Kitty
Julie Jules
Louise Lou Lulu
Charlotte Lottie Charlie Lotte Char
Jessica Jess Jessie
Victoria Vicky Tori Vic Vix
Christine Chris Chrissie Tina
Patricia Pat Trish Patsy Tricia Paddy
Amanda Mandy Manda
Catherine Cath Cathy Kate Cat
Alexandra Alex Sandra Lexi Ali Sasha
Sophie Soph
Hannah Han
Amy Ames
Gemma Gem
Deborah Debbie Deb Debs
Michelle Shell Shelly Mich
Joanne Jo Joey
Rachel Rach Rae
Samantha Sam Sammy
Angela Angie Ange
Tracey Trace
Alison Ali Al
Caroline Caz Carrie Caro Lina
Anne Annie Nan
Mary Molly May Polly
Lucy Luce
Philippa Pippa Pip
Eleanor Ellie Nell Nora Lena
Abigail Abi Abby Gail
Danielle Dani
Stephanie Steph Steffi
Lauren Loz
Kimberley Kim Kimmy
Natalie Nat Tally
Natasha Tasha Nat
Fiona Fi
Gillian Gill Jill
Jacqueline Jackie Jacqui
Judith Judy Jude
Theresa Terry Tess Tessa
Frances Fran Frankie Fanny
Georgina Georgie Gina George
Harriet Hattie Harry
Isabella Bella Izzy Isa
Josephine Jo Josie Posy
Madeleine Maddy Mads
Penelope Penny Nel
Rosemary Rosie Rose Romy
Winifred Win Freda
Dorothy Dot Dottie Dolly
Geraldine Gerry Ger
Bronwen Bron
Gwendolen Gwen Wendy
Siân
Siobhán Shiv
Zoë Zo
Chloë Clo
Renée Ren
Aoife
Caoimhe
Fatima Fatema Timmy
Ayesha Aisha Ash
Khadija Khadijah
Zainab Zaynab
Priya Pri
Sunita Sunny
Manpreet Mani
Harpreet Harpy Preet
Ngozi
Chidinma Chi Dinma
Adaeze Ada Daze
Folasade Sade Fola
Oluwaseun Seun
Małgorzata Gosia Margaret
Katarzyna Kasia Kate
Agnieszka Aga Agnes
Joanna Jo Asia
Mary-Jane Mary MJ
Anne-Marie Anne Annie
Sarah-Louise Sarah
Xiaoming Ming
Mei-Ling May
Maria Ria
Eilidh";

pub(crate) const MEN: &str = "\
David Dave Davy Dai
John Jack Johnny Jon
Michael Mike Mick Mickey
James Jim Jamie Jimmy Jem
Paul
Andrew Andy Drew
Mark
Robert Bob Rob Bobby Robbie Rab Bert
Christopher Chris Kit Topher
Stephen Steve Stevie Ste
Richard Rick Dick Rich Richie
Peter Pete
Ian
Matthew Matt Matty
Daniel Dan Danny
Thomas Tom Tommy
Simon Si
Anthony Tony Ant
William Bill Will Billy Liam Willie
Kevin Kev
Gary Gaz
Nicholas Nick Nicky Nico
Joseph Joe Joey Jo
Alexander Alex Sandy Alec Xander Al
Benjamin Ben Benny Benji
Samuel Sam Sammy
Edward Ed Ted Eddie Ned Teddy
Jonathan Jon Jonny Jonty
Philip Phil Pip
Martin Marty
Adam
Charles Charlie Chas Chuck
George Geordie Georgie
Timothy Tim Timmy
Alan Al
Ronald Ron Ronnie
Kenneth Ken Kenny
Gareth Gaz Gary
Patrick Pat Paddy
Francis Frank Fran Frankie
Frederick Fred Freddie Fritz
Henry Harry Hal Hank
Gregory Greg
Jeremy Jez Jerry
Geoffrey Geoff Jeff
Lawrence Larry Laurie Loz
Leonard Len Lenny Leo
Raymond Ray
Terence Terry Tel
Vincent Vince Vinny
Zachary Zac Zak
Oliver Ollie Olly Noll
Joshua Josh
Jacob Jake
Nathaniel Nat Nathan
Theodore Theo Ted
Dominic Dom Nic
Sebastian Seb Bas
Maximilian Max
Cameron Cam
Rhys
Llewelyn Lyn Llew
Dafydd Dai Daf
Seán
Pádraig Podge Paddy
Eoghan
Cormac Mac
Muhammad Mohammed Mo Mohamed
Abdullah Abdul
Ibrahim Ibby Abraham
Yusuf Yousef Joe
Hassan Hasan
Rajesh Raj
Sanjay Sanj
Vikram Vik
Gurpreet Gary Guri
Harjit Harry
Chukwuemeka Emeka
Oluwaseyi Seyi
Babatunde Tunde
Kwabena Kobby
Krzysztof Krzys Chris
Łukasz Luke
Paweł Paul
José Pepe Joe
François Frank
Jürgen
Björn
Jean-Paul JP
John-Paul John JP
Wei
Jian-Hong John
Dimitrios Jim Dimitri
Giuseppe Joe Beppe";

/// The commonest family names, the commonest first.
pub(crate) const COMMON: &str = "\
Smith Jones Williams Taylor Brown Davies Evans Wilson Thomas Roberts Johnson Lewis Walker Robinson Wood Thompson White \
Watson Jackson Wright Green Harris Cooper King Lee Martin Clarke James Morgan Hughes Edwards Hill Moore Clark Harrison \
Scott Young Morris Hall Ward Turner Carter Phillips Mitchell Patel Adams Campbell Anderson Allen Cook Bailey Parker \
Miller Davis Murphy Price Bell Baker Griffiths Kelly Simpson Marshall Collins Bennett Cox Richardson Fox Gray Rose \
Chapman Hunt Robertson Shaw Reynolds Lloyd Ellis Richards Russell Wilkinson Khan Graham Stewart Reid Murray Powell \
Palmer Holmes Rogers Stevens Walsh Hunter Thomson Matthews Ross Owen Mason Knight Kennedy Butler Saunders Pearson \
Elliott Mills Barnes Dixon Ahmed Hussain Ali Singh Kaur Begum Webb Foster Harvey Gibson Barker Cole Jenkins Perry \
Bradley Lawrence Howard Grant Burton Gordon Hart Fletcher Johnston Macdonald Stephenson Ferguson Pritchard Philips";

/// Rarer names, from many places, and with all that a name may have.
pub(crate) const RARE: &str = "\
O'Brien|O'Neill|O'Connor|O'Sullivan|D'Souza|D'Arcy|M'Bala|van der Berg|de la Cruz|de Silva|St John|Mac Giolla|\
Le Roux|Ní Dhomhnaill|Ó Sé|Brontë|Müller|Schröder|Weiß|García|Fernández|Muñoz|Gonçalves|Łukasiewicz|Wójcik|\
Nowak|Kowalski|Dąbrowska|Sørensen|Åkesson|Papadopoulos|Okafor|Adeyemi|Nwosu|Mensah|Osei|Abdi|Mohamed|Rahman|Chowdhury|\
Sharma|Gupta|Iyer|Krishnamurthy|Fernando|Perera|Nguyen|Tran|Chen|Wong|Zhang|Kim|Yilmaz|Özdemir|Popescu|Ionescu|Horváth";

/// The two halves of all the other names.
pub(crate) const FRONTS: [&str; 36] = [
    "Ash", "Birch", "Black", "Brad", "Broad", "Brook", "Cal", "Clay", "Cran", "Dal", "East", "Elm", "Fair", "Farn",
    "Gar", "Hal", "Hart", "Hazel", "Hol", "Kirk", "Lang", "Lin", "Mar", "Mid", "Nor", "Oak", "Pem", "Rad", "Red",
    "Stan", "Stock", "Thorn", "Wal", "West", "Whit", "Win",
];
pub(crate) const BACKS: [&str; 28] = [
    "borough", "bourne", "bury", "by", "combe", "cott", "croft", "dale", "den", "don", "field", "ford", "gate", "ham",
    "hurst", "land", "leigh", "ley", "man", "mere", "more", "ridge", "stead", "stone", "ton", "well", "wick", "worth",
];

/// Names of one sound: who hears one may write the other.
pub(crate) const ONE_SOUND: [(&str, &str); 18] = [
    ("Clarke", "Clark"),
    ("Thompson", "Thomson"),
    ("Phillips", "Philips"),
    ("Davies", "Davis"),
    ("Reid", "Reed"),
    ("Gray", "Grey"),
    ("Stewart", "Stuart"),
    ("Matthews", "Mathews"),
    ("Elliott", "Elliot"),
    ("Griffiths", "Griffith"),
    ("Macdonald", "McDonald"),
    ("Stephenson", "Stevenson"),
    ("Smith", "Smyth"),
    ("Harris", "Harries"),
    ("Johnston", "Johnstone"),
    ("Hussain", "Hussein"),
    ("Mohamed", "Mohammed"),
    ("Wilkinson", "Wilkinsen"),
];
