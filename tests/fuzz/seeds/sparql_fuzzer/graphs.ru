LOAD SILENT <data.ttl> INTO GRAPH <urn:fuzz:g> ; CLEAR DEFAULT ; DROP SILENT ALL ; CREATE GRAPH <urn:fuzz:h> ;
ADD <urn:fuzz:g> TO DEFAULT ; MOVE GRAPH <urn:fuzz:g> TO <urn:fuzz:h> ; COPY SILENT DEFAULT TO GRAPH <urn:fuzz:i>
