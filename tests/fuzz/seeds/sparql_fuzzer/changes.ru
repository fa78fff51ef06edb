PREFIX : <urn:fuzz:>
INSERT DATA { :a :b :c ~ _:r {| :by :d |} . GRAPH :g { _:x :p [ :q 1 ] } } ;
DELETE DATA { GRAPH :g { :a :b :c } :a :b "text"@en } ;
DELETE WHERE { ?a :b ?c . GRAPH ?g { ?c :d ?e } } ;
WITH :g DELETE { ?a :b ?c } INSERT { ?a :d ?c . GRAPH ?h { ?c :e ?a } } USING :u USING NAMED :v WHERE { ?a :b ?c } ;
INSERT { << ?a :b ?c >> :seen true } WHERE { ?a :b ?c } ;
