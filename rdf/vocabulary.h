// The IRIs that the code itself knows: those of the standards, and the few of Dossier's own (datasets/vocabulary.ttl
// has every one of the latter with label, comment and range; docs/datasets.md explains them).
#pragma once

#include "absl/strings/string_view.h"

namespace dossier {

namespace rdf {
inline constexpr absl::string_view kPrefix = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
inline constexpr absl::string_view kType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
inline constexpr absl::string_view kFirst = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
inline constexpr absl::string_view kRest = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
inline constexpr absl::string_view kNil = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";
inline constexpr absl::string_view kReifies = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies";
inline constexpr absl::string_view kStatement = "http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement";
inline constexpr absl::string_view kSubject = "http://www.w3.org/1999/02/22-rdf-syntax-ns#subject";
inline constexpr absl::string_view kPredicate = "http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate";
inline constexpr absl::string_view kObject = "http://www.w3.org/1999/02/22-rdf-syntax-ns#object";
inline constexpr absl::string_view kXmlLiteral = "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral";
inline constexpr absl::string_view kLangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";
inline constexpr absl::string_view kDirLangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString";
}  // namespace rdf

namespace rdfs {
inline constexpr absl::string_view kLabel = "http://www.w3.org/2000/01/rdf-schema#label";
inline constexpr absl::string_view kComment = "http://www.w3.org/2000/01/rdf-schema#comment";
inline constexpr absl::string_view kSubClassOf = "http://www.w3.org/2000/01/rdf-schema#subClassOf";
inline constexpr absl::string_view kSubPropertyOf = "http://www.w3.org/2000/01/rdf-schema#subPropertyOf";
inline constexpr absl::string_view kDomain = "http://www.w3.org/2000/01/rdf-schema#domain";
inline constexpr absl::string_view kRange = "http://www.w3.org/2000/01/rdf-schema#range";
inline constexpr absl::string_view kClass = "http://www.w3.org/2000/01/rdf-schema#Class";
}  // namespace rdfs

namespace owl {
inline constexpr absl::string_view kInverseOf = "http://www.w3.org/2002/07/owl#inverseOf";
inline constexpr absl::string_view kSymmetricProperty = "http://www.w3.org/2002/07/owl#SymmetricProperty";
inline constexpr absl::string_view kFunctionalProperty = "http://www.w3.org/2002/07/owl#FunctionalProperty";
inline constexpr absl::string_view kTransitiveProperty = "http://www.w3.org/2002/07/owl#TransitiveProperty";
}  // namespace owl

namespace skos {
inline constexpr absl::string_view kPrefLabel = "http://www.w3.org/2004/02/skos/core#prefLabel";
inline constexpr absl::string_view kAltLabel = "http://www.w3.org/2004/02/skos/core#altLabel";
}  // namespace skos

namespace schema {
inline constexpr absl::string_view kCreativeWork = "https://schema.org/CreativeWork";
inline constexpr absl::string_view kArticle = "https://schema.org/Article";
inline constexpr absl::string_view kName = "https://schema.org/name";
inline constexpr absl::string_view kAlternateName = "https://schema.org/alternateName";
inline constexpr absl::string_view kHeadline = "https://schema.org/headline";
inline constexpr absl::string_view kDatePublished = "https://schema.org/datePublished";
inline constexpr absl::string_view kAuthor = "https://schema.org/author";
inline constexpr absl::string_view kPublisher = "https://schema.org/publisher";
inline constexpr absl::string_view kIdentifier = "https://schema.org/identifier";
inline constexpr absl::string_view kUrl = "https://schema.org/url";
inline constexpr absl::string_view kInLanguage = "https://schema.org/inLanguage";
inline constexpr absl::string_view kArticleBody = "https://schema.org/articleBody";
}  // namespace schema

namespace prov {
inline constexpr absl::string_view kWasDerivedFrom = "http://www.w3.org/ns/prov#wasDerivedFrom";
inline constexpr absl::string_view kWasAttributedTo = "http://www.w3.org/ns/prov#wasAttributedTo";
}  // namespace prov

namespace edtf {
// The datatype of Extended Date/Time Format literals (Library of Congress, ISO 8601-2).
inline constexpr absl::string_view kEdtf = "http://id.loc.gov/datatypes/edtf";
}  // namespace edtf

namespace xsd {
inline constexpr absl::string_view kPrefix = "http://www.w3.org/2001/XMLSchema#";
inline constexpr absl::string_view kString = "http://www.w3.org/2001/XMLSchema#string";
inline constexpr absl::string_view kBoolean = "http://www.w3.org/2001/XMLSchema#boolean";
inline constexpr absl::string_view kInteger = "http://www.w3.org/2001/XMLSchema#integer";
inline constexpr absl::string_view kDecimal = "http://www.w3.org/2001/XMLSchema#decimal";
inline constexpr absl::string_view kDouble = "http://www.w3.org/2001/XMLSchema#double";
inline constexpr absl::string_view kFloat = "http://www.w3.org/2001/XMLSchema#float";
inline constexpr absl::string_view kDate = "http://www.w3.org/2001/XMLSchema#date";
inline constexpr absl::string_view kDateTime = "http://www.w3.org/2001/XMLSchema#dateTime";
inline constexpr absl::string_view kTime = "http://www.w3.org/2001/XMLSchema#time";
inline constexpr absl::string_view kGYear = "http://www.w3.org/2001/XMLSchema#gYear";
inline constexpr absl::string_view kGYearMonth = "http://www.w3.org/2001/XMLSchema#gYearMonth";
inline constexpr absl::string_view kDuration = "http://www.w3.org/2001/XMLSchema#duration";
inline constexpr absl::string_view kDayTimeDuration = "http://www.w3.org/2001/XMLSchema#dayTimeDuration";
inline constexpr absl::string_view kYearMonthDuration = "http://www.w3.org/2001/XMLSchema#yearMonthDuration";
inline constexpr absl::string_view kAnyUri = "http://www.w3.org/2001/XMLSchema#anyURI";
}  // namespace xsd

// Dossier's own vocabulary, prefix "dossier:".
namespace vocab {
inline constexpr absl::string_view kPrefix = "urn:dossier:vocabulary:";

// On a claim (a reifier). prov:wasDerivedFrom names its article, prov:wasAttributedTo its speakers.
inline constexpr absl::string_view kWhen = "urn:dossier:vocabulary:when";
inline constexpr absl::string_view kWhere = "urn:dossier:vocabulary:where";
inline constexpr absl::string_view kMeans = "urn:dossier:vocabulary:means";
inline constexpr absl::string_view kCertainty = "urn:dossier:vocabulary:certainty";
inline constexpr absl::string_view kPolarity = "urn:dossier:vocabulary:polarity";
inline constexpr absl::string_view kParagraph = "urn:dossier:vocabulary:paragraph";
inline constexpr absl::string_view kSentence = "urn:dossier:vocabulary:sentence";
inline constexpr absl::string_view kUnit = "urn:dossier:vocabulary:unit";
inline constexpr absl::string_view kBound = "urn:dossier:vocabulary:bound";
inline constexpr absl::string_view kNote = "urn:dossier:vocabulary:note";

// In FROM of a SPARQL query: the default graph and every named graph, merged.
inline constexpr absl::string_view kAllGraphs = "urn:dossier:vocabulary:allGraphs";

// Certainty levels carry dossier:rank; polarities are dossier:affirmed (the default) and dossier:denied.
inline constexpr absl::string_view kRank = "urn:dossier:vocabulary:rank";
inline constexpr absl::string_view kDenied = "urn:dossier:vocabulary:denied";

// On a relation: its verbs, each a node with the forms below, and nouns.
inline constexpr absl::string_view kRelation = "urn:dossier:vocabulary:Relation";
inline constexpr absl::string_view kVerb = "urn:dossier:vocabulary:verb";
inline constexpr absl::string_view kBase = "urn:dossier:vocabulary:base";
inline constexpr absl::string_view kThird = "urn:dossier:vocabulary:third";
inline constexpr absl::string_view kPast = "urn:dossier:vocabulary:past";
inline constexpr absl::string_view kParticiple = "urn:dossier:vocabulary:participle";
inline constexpr absl::string_view kGerund = "urn:dossier:vocabulary:gerund";
inline constexpr absl::string_view kPreposition = "urn:dossier:vocabulary:preposition";
inline constexpr absl::string_view kNoun = "urn:dossier:vocabulary:noun";
inline constexpr absl::string_view kObjectNoun = "urn:dossier:vocabulary:objectNoun";
inline constexpr absl::string_view kEventNoun = "urn:dossier:vocabulary:eventNoun";
inline constexpr absl::string_view kMeasure = "urn:dossier:vocabulary:measure";
inline constexpr absl::string_view kObjectRole = "urn:dossier:vocabulary:objectRole";
inline constexpr absl::string_view kPlural = "urn:dossier:vocabulary:plural";
inline constexpr absl::string_view kPrimaryName = "urn:dossier:vocabulary:primaryName";

// Functions over vague times that SPARQL queries call (docs/functions.md).
inline constexpr absl::string_view kTimeOverlaps = "urn:dossier:vocabulary:timeOverlaps";
inline constexpr absl::string_view kTimeWithin = "urn:dossier:vocabulary:timeWithin";
inline constexpr absl::string_view kTimeBegin = "urn:dossier:vocabulary:timeBegin";
inline constexpr absl::string_view kTimeEnd = "urn:dossier:vocabulary:timeEnd";
}  // namespace vocab

}  // namespace dossier
