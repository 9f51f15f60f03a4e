BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	event VARCHAR(40) NOT NULL, 
	receipt INTEGER, 
	subject VARCHAR(60), 
	body TEXT NOT NULL, 
	prev VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (seq)
);
INSERT INTO "audit" VALUES(1,'2026-03-15T12:00:00+00:00','store_created',NULL,NULL,'{"key_check":"b91c1593650f8dcfde8ff6efda8096daf9e876d3197342a65ef2f5930f581cba"}','0000000000000000000000000000000000000000000000000000000000000000','43d03b7ebb79a72bd501719a4d3544a9e123904ffb999d736d6c7b4adf93e7df');
INSERT INTO "audit" VALUES(2,'2026-03-15T12:00:00+00:00','receipt',1,'REI-001','{"file":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb","form":"garden","outcome":"loaded_with_queries","record_id":"249b186b929d7bac","revision":1,"seals":{"body":"ead23cbb4e7dd648ab4743afed4d2dd709a61391b33d6576c7e3221c9d16bfbf","identifying":"b7112b1882f43500b730b71a51dba19964aea71c11732980df674e29361f2cdc","payload":"aae0e0078dd1055bc17fd20d9d06eead8f110f47910660093964d81b1564a673"},"version":"1.0.0"}','43d03b7ebb79a72bd501719a4d3544a9e123904ffb999d736d6c7b4adf93e7df','837b5cdc9bb9f9b5d959c91ec465d5b32cc9ad0e9a8f99bdd1d83aaac07412c7');
INSERT INTO "audit" VALUES(3,'2026-03-15T12:00:00+00:00','receipt',2,NULL,'{"file":"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d","form":null,"outcome":"rejected","record_id":null,"revision":null,"seals":{"body":"db92b7ebe205fbc53fbef6a6ffd230c5e2248b35b14f9605d7d84a31164ba86a","identifying":"34ab2017c0cc4c022ab8c98512cd21e513c92c4195e50f73157ca5536f8bbb11"},"version":null}','837b5cdc9bb9f9b5d959c91ec465d5b32cc9ad0e9a8f99bdd1d83aaac07412c7','c118e348d9ad409a1e0691d3ca1516ed249c54a9a752a3120888d8e1beda5607');
INSERT INTO "audit" VALUES(4,'2026-03-15T12:00:00+00:00','receipt',3,'REI-001','{"file":"2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6","form":"garden","outcome":"loaded_with_queries","record_id":"249b186b929d7bac","revision":2,"seals":{"body":"4ef232a3bb94609e6d4f71699b0bc540802d2a4b358263196f9e04711b9e58a4","identifying":"2d2f5fb51a758070a18dcbbf2f2ec97b30eeb2a1e62ce93c4f345142ca906a49","payload":"20d7802b234c0f88c9ef7667d23c88b2f38e0ef86f54cb64b459229829e26bb7"},"version":"1.0.0"}','c118e348d9ad409a1e0691d3ca1516ed249c54a9a752a3120888d8e1beda5607','7ebe96019a5da36006e903003a37688102dde467660e6c4c7447e52c1d1936a0');
INSERT INTO "audit" VALUES(5,'2026-03-15T12:00:00+00:00','export',NULL,NULL,'{"format":"csv","profile":"full"}','7ebe96019a5da36006e903003a37688102dde467660e6c4c7447e52c1d1936a0','dd7c16ff1fa802ea79bc8557dace4d708a16ae456d501c7c6e07a70e400efd14');
INSERT INTO "audit" VALUES(6,'2026-03-15T12:00:00+00:00','receipt',4,NULL,'{"file":"18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4","form":"garden","outcome":"review","record_id":null,"revision":null,"seals":{"body":"96ce7d50513a673c2dfd9e380e383bdeaaf427e445304771c9e999398c83a265","identifying":"77e4fcd0f0256fa4dfbfd82fa79410558a197143e8bbcb87c6f978eac66a0f14","payload":"134f995580f317631e353dca9149e9536457bea9914ff4f7e3da1e53d1391788"},"version":"1.0.0"}','dd7c16ff1fa802ea79bc8557dace4d708a16ae456d501c7c6e07a70e400efd14','5fa4a70261421540bbc5b7f63920494a5d14698188f9d8a8b86a9e1f6aca26a6');
INSERT INTO "audit" VALUES(7,'2026-03-15T12:00:00+00:00','receipt',5,NULL,'{"file":"3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea","form":"garden","outcome":"review","record_id":null,"revision":null,"seals":{"body":"950381405d7fa286277fd7fb401619abc61cab283dd7e79fc0b94a125220aed0","identifying":"105f72b55b39d8ea5680cce2abc507bd144cad4ca8b3f53cf226a74acb4c49f1","payload":"f0c64c39496fa49eb569f1fdbd3db68419b42df0edd9f02e42f20a7a00844619"},"version":"1.0.0"}','5fa4a70261421540bbc5b7f63920494a5d14698188f9d8a8b86a9e1f6aca26a6','fa3a59239cf0593180265597cc538cab12c162129084ef04d10653df15650f49');
INSERT INTO "audit" VALUES(8,'2026-03-15T12:00:00+00:00','decision',4,'REI-002','{"action":"accept","code":null,"file":"18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4","form":"garden","outcome":"loaded","position":1,"reason":{"length":20,"seal":"cf92524a8d3c7700f1fcdb20145e4341f1511b17b2174d1cc2ddab4ebea499d3"},"record_id":"c5da4d4e54b2790b","revision":1,"seals":{"body":"58f382af06b27bf2974967ebeefa41dab1d45b557123b1a6b579b407e70818aa","identifying":"d96e1325cdd88f5189bab8e1c24c26a2f6f52a745ffc0e0454ce5663efcdf28f","payload":"28571d76fa58223a41986400e6df2c7efc48446c966d066b38796ec7f7a78343"},"version":"1.0.0"}','fa3a59239cf0593180265597cc538cab12c162129084ef04d10653df15650f49','dd1297f1c6cef9b0c4ecb90cb4ea2c72965ee54f4225f1517f139a0c8bfa4b5a');
CREATE TABLE decision (
	receipt INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	action VARCHAR(16) NOT NULL, 
	reason TEXT NOT NULL, 
	salt VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_decision PRIMARY KEY (receipt, position), 
	CONSTRAINT fk_decision_receipt FOREIGN KEY(receipt) REFERENCES receipt (number)
);
INSERT INTO "decision" VALUES(4,1,'2026-03-15T12:00:00+00:00','accept','seen with the centre','efea38326f4078760111355d67882bfe');
CREATE TABLE file (
	sha256 VARCHAR(64) NOT NULL, 
	size INTEGER NOT NULL, 
	CONSTRAINT pk_file PRIMARY KEY (sha256)
);
INSERT INTO "file" VALUES('ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',1);
INSERT INTO "file" VALUES('3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d',1);
INSERT INTO "file" VALUES('2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6',1);
INSERT INTO "file" VALUES('18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4',1);
INSERT INTO "file" VALUES('3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea',1);
CREATE TABLE finding (
	receipt INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	code VARCHAR(60) NOT NULL, 
	severity VARCHAR(8) NOT NULL, 
	item VARCHAR(60), 
	"row" INTEGER, 
	CONSTRAINT pk_finding PRIMARY KEY (receipt, position), 
	CONSTRAINT fk_finding_receipt FOREIGN KEY(receipt) REFERENCES receipt (number)
);
INSERT INTO "finding" VALUES(1,1,'DATE_UNREADABLE','error','filled',NULL);
INSERT INTO "finding" VALUES(1,2,'REVISION','note',NULL,NULL);
INSERT INTO "finding" VALUES(1,3,'R07','query',NULL,2);
INSERT INTO "finding" VALUES(3,1,'DATE_UNREADABLE','error','filled',NULL);
INSERT INTO "finding" VALUES(3,2,'REVISION','note',NULL,NULL);
INSERT INTO "finding" VALUES(3,3,'R07','query',NULL,2);
INSERT INTO "finding" VALUES(5,1,'DATE_UNREADABLE','error','filled',NULL);
INSERT INTO "finding" VALUES(5,2,'REVISION','note',NULL,NULL);
INSERT INTO "finding" VALUES(5,3,'R07','query',NULL,2);
INSERT INTO "finding" VALUES(4,1,'DATE_UNREADABLE','error','filled',NULL);
INSERT INTO "finding" VALUES(4,2,'REVISION','note',NULL,NULL);
INSERT INTO "finding" VALUES(4,3,'R07','query',NULL,2);
CREATE TABLE identifying (
	receipt INTEGER NOT NULL, 
	item VARCHAR(60) NOT NULL, 
	"row" INTEGER NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_identifying PRIMARY KEY (receipt, item, "row"), 
	CONSTRAINT fk_identifying_receipt FOREIGN KEY(receipt) REFERENCES receipt (number)
);
INSERT INTO "identifying" VALUES(1,'_file',0,'{"hint":"REI \u00b7 QU/ZX","name":"fiche-Jqxwy-a.pdf","sender":"","token":"centre/fiche-Jqxwy-a.pdf"}');
INSERT INTO "identifying" VALUES(1,'letters',0,'{"raw":"quzx","value":"QUZX"}');
INSERT INTO "identifying" VALUES(1,'born',0,'{"raw":"29/07/1951","value":"1951-07-29"}');
INSERT INTO "identifying" VALUES(1,'place',0,'{"raw":"REI","value":"REI"}');
INSERT INTO "identifying" VALUES(1,'visitor',2,'{"raw":"Vvzkj","value":"Vvzkj"}');
INSERT INTO "identifying" VALUES(1,'_record',0,'{"_missing":{"letters":"NI"},"born":"1951-07-29","letters":"QUZX","place":"REI","visits":[{"visitor":"Vvzkj"},{"_bound":{"visitor":"<V"}}]}');
INSERT INTO "identifying" VALUES(1,'_key',0,'{"centre":"REI","parts":["QUZX","1951-07-29","REI"]}');
INSERT INTO "identifying" VALUES(2,'_file',0,'{"hint":"","name":"fiche-Jqxwy-b.pdf","sender":"","token":"centre/fiche-Jqxwy-b.pdf"}');
INSERT INTO "identifying" VALUES(3,'_file',0,'{"hint":"REI \u00b7 QU/ZX","name":"fiche-Jqxwy-c.pdf","sender":"","token":"centre/fiche-Jqxwy-c.pdf"}');
INSERT INTO "identifying" VALUES(3,'letters',0,'{"raw":"quzx","value":"QUZX"}');
INSERT INTO "identifying" VALUES(3,'born',0,'{"raw":"29/07/1951","value":"1951-07-29"}');
INSERT INTO "identifying" VALUES(3,'place',0,'{"raw":"REI","value":"REI"}');
INSERT INTO "identifying" VALUES(3,'visitor',2,'{"raw":"Vvzkj","value":"Vvzkj"}');
INSERT INTO "identifying" VALUES(3,'_record',0,'{"_missing":{"letters":"NI"},"born":"1951-07-29","letters":"QUZX","place":"REI","visits":[{"visitor":"Vvzkj"},{"_bound":{"visitor":"<V"}}]}');
INSERT INTO "identifying" VALUES(3,'_key',0,'{"centre":"REI","parts":["QUZX","1951-07-29","REI"]}');
INSERT INTO "identifying" VALUES(5,'_file',0,'{"hint":"REI \u00b7 QU/ZX","name":"fiche-Jqxwy-e.pdf","sender":"","token":"centre/fiche-Jqxwy-e.pdf"}');
INSERT INTO "identifying" VALUES(5,'letters',0,'{"raw":"quzx","value":"QUZX"}');
INSERT INTO "identifying" VALUES(5,'born',0,'{"raw":"29/07/1951","value":"1951-07-29"}');
INSERT INTO "identifying" VALUES(5,'place',0,'{"raw":"REI","value":"REI"}');
INSERT INTO "identifying" VALUES(5,'visitor',2,'{"raw":"Vvzkj","value":"Vvzkj"}');
INSERT INTO "identifying" VALUES(5,'_record',0,'{"_missing":{"letters":"NI"},"born":"1951-07-29","letters":"QUZX","place":"REI","visits":[{"visitor":"Vvzkj"},{"_bound":{"visitor":"<V"}}]}');
INSERT INTO "identifying" VALUES(4,'_file',0,'{"hint":"REI \u00b7 QU/ZX","name":"fiche-Jqxwy-d.pdf","sender":"","token":"centre/fiche-Jqxwy-d.pdf"}');
INSERT INTO "identifying" VALUES(4,'letters',0,'{"raw":"cd","value":"CD"}');
INSERT INTO "identifying" VALUES(4,'born',0,'{"raw":"29/07/1951","value":"1951-07-29"}');
INSERT INTO "identifying" VALUES(4,'place',0,'{"raw":"REI","value":"REI"}');
INSERT INTO "identifying" VALUES(4,'visitor',2,'{"raw":"Vvzkj","value":"Vvzkj"}');
INSERT INTO "identifying" VALUES(4,'_record',0,'{"_missing":{"letters":"NI"},"born":"1951-07-29","letters":"CD","place":"REI","visits":[{"visitor":"Vvzkj"},{"_bound":{"visitor":"<V"}}]}');
INSERT INTO "identifying" VALUES(4,'_key',0,'{"centre":"REI","parts":["CD","1951-07-29","REI"]}');
CREATE TABLE "query" (
	id VARCHAR(24) NOT NULL, 
	record_id VARCHAR(16) NOT NULL, 
	receipt INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	opened VARCHAR(40) NOT NULL, 
	closed VARCHAR(40), 
	reason VARCHAR(40), 
	CONSTRAINT pk_query PRIMARY KEY (id), 
	CONSTRAINT fk_query_receipt FOREIGN KEY(receipt) REFERENCES receipt (number), 
	CONSTRAINT fk_query_record_id FOREIGN KEY(record_id) REFERENCES record (record_id)
);
INSERT INTO "query" VALUES('000001-01','249b186b929d7bac',1,1,'closed','2026-03-15T12:00:00+00:00','2026-03-15T12:00:00+00:00','superseded');
INSERT INTO "query" VALUES('000001-03','249b186b929d7bac',1,3,'closed','2026-03-15T12:00:00+00:00','2026-03-15T12:00:00+00:00','superseded');
INSERT INTO "query" VALUES('000003-01','249b186b929d7bac',3,1,'open','2026-03-15T12:00:00+00:00',NULL,NULL);
INSERT INTO "query" VALUES('000003-03','249b186b929d7bac',3,3,'open','2026-03-15T12:00:00+00:00',NULL,NULL);
INSERT INTO "query" VALUES('000004-01','c5da4d4e54b2790b',4,1,'open','2026-03-15T12:00:00+00:00',NULL,NULL);
INSERT INTO "query" VALUES('000004-03','c5da4d4e54b2790b',4,3,'open','2026-03-15T12:00:00+00:00',NULL,NULL);
CREATE TABLE receipt (
	number INTEGER NOT NULL, 
	parent INTEGER, 
	sha256 VARCHAR(64) NOT NULL, 
	outcome VARCHAR(32) NOT NULL, 
	form VARCHAR(40), 
	version VARCHAR(20), 
	language VARCHAR(8), 
	format VARCHAR(16), 
	centre VARCHAR(40), 
	subject VARCHAR(60), 
	record_id VARCHAR(16), 
	revision INTEGER, 
	received VARCHAR(40) NOT NULL, 
	delivered VARCHAR(40), 
	salt VARCHAR(32), 
	body TEXT NOT NULL, 
	CONSTRAINT pk_receipt PRIMARY KEY (number), 
	CONSTRAINT fk_receipt_parent FOREIGN KEY(parent) REFERENCES receipt (number), 
	CONSTRAINT fk_receipt_sha256 FOREIGN KEY(sha256) REFERENCES file (sha256)
);
INSERT INTO "receipt" VALUES(1,NULL,'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','loaded_with_queries','garden','1.0.0','fr','pdf','REI-2','REI-001','249b186b929d7bac',1,'2026-03-14T07:26:53+00:00','2026-03-15T12:00:00+00:00','342d77c8ab31a56062104137ef77977c','{"centre":"REI-2","changes":[{"after":"13","before":"12.5","code":"A05","item":"height"}],"completeness":{"answered":7,"expected":9},"decisions":[],"filling_date":"2026-03-01","findings":[{"code":"DATE_UNREADABLE","context":{"entered":"l''an 40"},"item":"filled","items":[],"location":{"cell":"B7","code":"A04","page":1,"sheet":"Feuille"},"severity":"error"},{"code":"REVISION","context":{"revision":"2"},"items":[],"severity":"note"},{"code":"R07","context":{},"items":["height","seen"],"message":{"en":"Please check.","fr":"\u00c0 v\u00e9rifier."},"row":2,"severity":"query"}],"form":"garden","format":"pdf","id":"000001","language":"fr","members":[],"name_is_safe":false,"outcome":"loaded_with_queries","record_id":"249b186b929d7bac","revision":1,"source":{"received":"2026-03-14T09:26:53+02:00","sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb","size":1},"subject":"REI-001","version":"1.0.0"}');
INSERT INTO "receipt" VALUES(2,NULL,'3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d','rejected',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-14T07:26:53+00:00',NULL,'347c976a8fb63e139b913041830c267c','{"changes":[],"decisions":[],"findings":[],"id":"000002","members":[],"name_is_safe":false,"outcome":"rejected","source":{"received":"2026-03-14T09:26:53+02:00","sha256":"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d","size":1}}');
INSERT INTO "receipt" VALUES(3,NULL,'2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6','loaded_with_queries','garden','1.0.0','fr','pdf','REI-2','REI-001','249b186b929d7bac',2,'2026-03-14T07:26:53+00:00',NULL,'fac323aafcd11ed358b9a87f0d6dbb10','{"centre":"REI-2","changes":[{"after":"13","before":"12.5","code":"A05","item":"height"}],"completeness":{"answered":7,"expected":9},"decisions":[],"filling_date":"2026-03-01","findings":[{"code":"DATE_UNREADABLE","context":{"entered":"l''an 40"},"item":"filled","items":[],"location":{"cell":"B7","code":"A04","page":1,"sheet":"Feuille"},"severity":"error"},{"code":"REVISION","context":{"revision":"2"},"items":[],"severity":"note"},{"code":"R07","context":{},"items":["height","seen"],"message":{"en":"Please check.","fr":"\u00c0 v\u00e9rifier."},"row":2,"severity":"query"}],"form":"garden","format":"pdf","id":"000003","language":"fr","members":[],"name_is_safe":false,"outcome":"loaded_with_queries","record_id":"249b186b929d7bac","revision":2,"source":{"received":"2026-03-14T09:26:53+02:00","sha256":"2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6","size":1},"subject":"REI-001","version":"1.0.0"}');
INSERT INTO "receipt" VALUES(4,NULL,'18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4','loaded','garden','1.0.0','fr','pdf','REI-2','REI-002','c5da4d4e54b2790b',1,'2026-03-14T07:26:53+00:00',NULL,'722d1226db661a822a60e84eeda98595','{"centre":"REI-2","changes":[{"after":"13","before":"12.5","code":"A05","item":"height"}],"completeness":{"answered":7,"expected":9},"decisions":[{"action":"accept","at":"2026-03-15T12:00:00+00:00"}],"filling_date":"2026-03-01","findings":[{"code":"DATE_UNREADABLE","context":{"entered":"l''an 40"},"item":"filled","items":[],"location":{"cell":"B7","code":"A04","page":1,"sheet":"Feuille"},"severity":"error"},{"code":"REVISION","context":{"revision":"2"},"items":[],"severity":"note"},{"code":"R07","context":{},"items":["height","seen"],"message":{"en":"Please check.","fr":"\u00c0 v\u00e9rifier."},"row":2,"severity":"query"}],"form":"garden","format":"pdf","id":"000004","language":"fr","members":[],"name_is_safe":false,"outcome":"loaded","record_id":"c5da4d4e54b2790b","revision":1,"source":{"received":"2026-03-14T09:26:53+02:00","sha256":"18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4","size":1},"subject":"REI-002","version":"1.0.0"}');
INSERT INTO "receipt" VALUES(5,NULL,'3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea','review','garden','1.0.0','fr','pdf','REI-2',NULL,NULL,NULL,'2026-03-14T07:26:53+00:00',NULL,'d45afb2008747410771c7d87442b4067','{"centre":"REI-2","changes":[{"after":"13","before":"12.5","code":"A05","item":"height"}],"completeness":{"answered":7,"expected":9},"decisions":[],"filling_date":"2026-03-01","findings":[{"code":"DATE_UNREADABLE","context":{"entered":"l''an 40"},"item":"filled","items":[],"location":{"cell":"B7","code":"A04","page":1,"sheet":"Feuille"},"severity":"error"},{"code":"REVISION","context":{"revision":"2"},"items":[],"severity":"note"},{"code":"R07","context":{},"items":["height","seen"],"message":{"en":"Please check.","fr":"\u00c0 v\u00e9rifier."},"row":2,"severity":"query"}],"form":"garden","format":"pdf","id":"000005","language":"fr","members":[],"name_is_safe":false,"outcome":"review","source":{"received":"2026-03-14T09:26:53+02:00","sha256":"3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea","size":1},"version":"1.0.0"}');
CREATE TABLE record (
	record_id VARCHAR(16) NOT NULL, 
	form VARCHAR(40) NOT NULL, 
	letters VARCHAR(16) NOT NULL, 
	number INTEGER NOT NULL, 
	subject VARCHAR(60) NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_record PRIMARY KEY (record_id), 
	CONSTRAINT uq_record_form UNIQUE (form, letters, number)
);
INSERT INTO "record" VALUES('249b186b929d7bac','garden','REI',1,'REI-001',2);
INSERT INTO "record" VALUES('c5da4d4e54b2790b','garden','REI',2,'REI-002',1);
CREATE TABLE submission (
	receipt INTEGER NOT NULL, 
	record_id VARCHAR(16), 
	revision INTEGER, 
	state VARCHAR(16) NOT NULL, 
	form VARCHAR(40) NOT NULL, 
	version VARCHAR(20) NOT NULL, 
	language VARCHAR(8) NOT NULL, 
	content VARCHAR(128) NOT NULL, 
	filling_date VARCHAR(10), 
	payload TEXT NOT NULL, 
	CONSTRAINT pk_submission PRIMARY KEY (receipt), 
	CONSTRAINT fk_submission_receipt FOREIGN KEY(receipt) REFERENCES receipt (number), 
	CONSTRAINT fk_submission_record_id FOREIGN KEY(record_id) REFERENCES record (record_id), 
	CONSTRAINT uq_submission_record_id UNIQUE (record_id, revision)
);
INSERT INTO "submission" VALUES(1,'249b186b929d7bac',1,'superseded','garden','1.0.0','fr','content of a','2026-03-01','{"answered":8,"derived":{},"expected":9,"expected_answered":7,"findings":[{"code":"DATE_UNREADABLE","context":{"entered":"l''an 40"},"item":"filled","items":[],"location":{"cell":"B7","code":"A04","page":1,"sheet":"Feuille"},"severity":"error"}],"form":"garden","language":"fr","record":{"_bound":{},"_missing":{"filled":"ERR"},"colours":["red","none"],"height":12.5,"remark":"voisin : M. Wqrtz","visits":[{"_missing":{},"_row":2,"seen":"2019-03"},{"_bound":{"seen":"<2019"},"_row":3}]},"values":[{"item":"letters","location":{"code":"A01","page":2},"rung":"field","status":"accepted"},{"item":"born","location":{"code":"A02","page":2},"rung":"field","status":"accepted"},{"item":"place","location":{"code":"A03","page":2},"rung":"field","status":"accepted"},{"item":"height","location":{"code":"A05","page":2},"raw":"12,50","rung":"field","status":"accepted","value":{"decimal":"12.50"}},{"item":"colours","location":{"code":"A06","page":2},"raw":"","rung":"bookmark","status":"accepted","value":["red","none"]},{"item":"remark","location":{"code":"A07","page":2},"raw":"voisin","rung":"field","status":"accepted","value":"voisin : M. Wqrtz \ud800\u0000"},{"item":"filled","location":{},"missing":"ERR","raw":"l''an 40","rung":"field","status":"held_back"},{"group":"visits","item":"seen","location":{"code":"B01.2","page":2},"raw":"03/2019","row":2,"rung":"field","status":"accepted","value":"2019-03"},{"group":"visits","item":"visitor","location":{"code":"B02.2","page":2},"row":2,"rung":"field","status":"accepted"},{"bound":"<2019","group":"visits","item":"seen","location":{},"raw":"<2019","row":3,"rung":"field","status":"accepted"}],"version":"1.0.0"}');
INSERT INTO "submission" VALUES(3,'249b186b929d7bac',2,'current','garden','1.0.0','fr','content of c','2026-03-01','{"answered":8,"derived":{},"expected":9,"expected_answered":7,"findings":[{"code":"DATE_UNREADABLE","context":{"entered":"l''an 40"},"item":"filled","items":[],"location":{"cell":"B7","code":"A04","page":1,"sheet":"Feuille"},"severity":"error"}],"form":"garden","language":"fr","record":{"_bound":{},"_missing":{"filled":"ERR"},"colours":["red","none"],"height":13.0,"remark":"voisin : M. Wqrtz","visits":[{"_missing":{},"_row":2,"seen":"2019-03"},{"_bound":{"seen":"<2019"},"_row":3}]},"values":[{"item":"letters","location":{"code":"A01","page":2},"rung":"field","status":"accepted"},{"item":"born","location":{"code":"A02","page":2},"rung":"field","status":"accepted"},{"item":"place","location":{"code":"A03","page":2},"rung":"field","status":"accepted"},{"item":"height","location":{"code":"A05","page":2},"raw":"13,00","rung":"field","status":"accepted","value":{"decimal":"13.00"}},{"item":"colours","location":{"code":"A06","page":2},"raw":"","rung":"bookmark","status":"accepted","value":["red","none"]},{"item":"remark","location":{"code":"A07","page":2},"raw":"voisin","rung":"field","status":"accepted","value":"voisin : M. Wqrtz \ud800\u0000"},{"item":"filled","location":{},"missing":"ERR","raw":"l''an 40","rung":"field","status":"held_back"},{"group":"visits","item":"seen","location":{"code":"B01.2","page":2},"raw":"03/2019","row":2,"rung":"field","status":"accepted","value":"2019-03"},{"group":"visits","item":"visitor","location":{"code":"B02.2","page":2},"row":2,"rung":"field","status":"accepted"},{"bound":"<2019","group":"visits","item":"seen","location":{},"raw":"<2019","row":3,"rung":"field","status":"accepted"}],"version":"1.0.0"}');
INSERT INTO "submission" VALUES(4,'c5da4d4e54b2790b',1,'current','garden','1.0.0','fr','content of d','2026-03-01','{"answered":8,"derived":{},"expected":9,"expected_answered":7,"findings":[{"code":"DATE_UNREADABLE","context":{"entered":"l''an 40"},"item":"filled","items":[],"location":{"cell":"B7","code":"A04","page":1,"sheet":"Feuille"},"severity":"error"}],"form":"garden","language":"fr","record":{"_bound":{},"_missing":{"filled":"ERR"},"colours":["red","none"],"height":12.5,"remark":"voisin : M. Wqrtz","visits":[{"_missing":{},"_row":2,"seen":"2019-03"},{"_bound":{"seen":"<2019"},"_row":3}]},"values":[{"item":"letters","location":{"code":"A01","page":2},"rung":"field","status":"accepted"},{"item":"born","location":{"code":"A02","page":2},"rung":"field","status":"accepted"},{"item":"place","location":{"code":"A03","page":2},"rung":"field","status":"accepted"},{"item":"height","location":{"code":"A05","page":2},"raw":"12,50","rung":"field","status":"accepted","value":{"decimal":"12.50"}},{"item":"colours","location":{"code":"A06","page":2},"raw":"","rung":"bookmark","status":"accepted","value":["red","none"]},{"item":"remark","location":{"code":"A07","page":2},"raw":"voisin","rung":"field","status":"accepted","value":"voisin : M. Wqrtz \ud800\u0000"},{"item":"filled","location":{},"missing":"ERR","raw":"l''an 40","rung":"field","status":"held_back"},{"group":"visits","item":"seen","location":{"code":"B01.2","page":2},"raw":"03/2019","row":2,"rung":"field","status":"accepted","value":"2019-03"},{"group":"visits","item":"visitor","location":{"code":"B02.2","page":2},"row":2,"rung":"field","status":"accepted"},{"bound":"<2019","group":"visits","item":"seen","location":{},"raw":"<2019","row":3,"rung":"field","status":"accepted"}],"version":"1.0.0"}');
INSERT INTO "submission" VALUES(5,NULL,NULL,'held','garden','1.0.0','fr','content of e','2026-03-01','{"answered":8,"derived":{},"expected":9,"expected_answered":7,"findings":[{"code":"DATE_UNREADABLE","context":{"entered":"l''an 40"},"item":"filled","items":[],"location":{"cell":"B7","code":"A04","page":1,"sheet":"Feuille"},"severity":"error"}],"form":"garden","language":"fr","record":{"_bound":{},"_missing":{"filled":"ERR"},"colours":["red","none"],"height":12.5,"remark":"voisin : M. Wqrtz","visits":[{"_missing":{},"_row":2,"seen":"2019-03"},{"_bound":{"seen":"<2019"},"_row":3}]},"values":[{"item":"letters","location":{"code":"A01","page":2},"rung":"field","status":"accepted"},{"item":"born","location":{"code":"A02","page":2},"rung":"field","status":"accepted"},{"item":"place","location":{"code":"A03","page":2},"rung":"field","status":"accepted"},{"item":"height","location":{"code":"A05","page":2},"raw":"12,50","rung":"field","status":"accepted","value":{"decimal":"12.50"}},{"item":"colours","location":{"code":"A06","page":2},"raw":"","rung":"bookmark","status":"accepted","value":["red","none"]},{"item":"remark","location":{"code":"A07","page":2},"raw":"voisin","rung":"field","status":"accepted","value":"voisin : M. Wqrtz \ud800\u0000"},{"item":"filled","location":{},"missing":"ERR","raw":"l''an 40","rung":"field","status":"held_back"},{"group":"visits","item":"seen","location":{"code":"B01.2","page":2},"raw":"03/2019","row":2,"rung":"field","status":"accepted","value":"2019-03"},{"group":"visits","item":"visitor","location":{"code":"B02.2","page":2},"row":2,"rung":"field","status":"accepted"},{"bound":"<2019","group":"visits","item":"seen","location":{},"raw":"<2019","row":3,"rung":"field","status":"accepted"}],"version":"1.0.0"}');
CREATE TABLE value (
	receipt INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	item_group VARCHAR(60), 
	"row" INTEGER, 
	item VARCHAR(60) NOT NULL, 
	value TEXT, 
	missing VARCHAR(16), 
	bound VARCHAR(60), 
	status VARCHAR(16) NOT NULL, 
	CONSTRAINT pk_value PRIMARY KEY (receipt, position), 
	CONSTRAINT fk_value_receipt FOREIGN KEY(receipt) REFERENCES receipt (number)
);
INSERT INTO "value" VALUES(1,3,NULL,NULL,'height','12.50',NULL,NULL,'accepted');
INSERT INTO "value" VALUES(1,4,NULL,NULL,'colours','red;none',NULL,NULL,'accepted');
INSERT INTO "value" VALUES(1,5,NULL,NULL,'remark','voisin : M. Wqrtz \ud800\x00',NULL,NULL,'accepted');
INSERT INTO "value" VALUES(1,6,NULL,NULL,'filled',NULL,'ERR',NULL,'held_back');
INSERT INTO "value" VALUES(1,7,'visits',2,'seen','2019-03',NULL,NULL,'accepted');
INSERT INTO "value" VALUES(1,9,'visits',3,'seen',NULL,NULL,'<2019','accepted');
INSERT INTO "value" VALUES(3,3,NULL,NULL,'height','13.00',NULL,NULL,'accepted');
INSERT INTO "value" VALUES(3,4,NULL,NULL,'colours','red;none',NULL,NULL,'accepted');
INSERT INTO "value" VALUES(3,5,NULL,NULL,'remark','voisin : M. Wqrtz \ud800\x00',NULL,NULL,'accepted');
INSERT INTO "value" VALUES(3,6,NULL,NULL,'filled',NULL,'ERR',NULL,'held_back');
INSERT INTO "value" VALUES(3,7,'visits',2,'seen','2019-03',NULL,NULL,'accepted');
INSERT INTO "value" VALUES(3,9,'visits',3,'seen',NULL,NULL,'<2019','accepted');
INSERT INTO "value" VALUES(5,3,NULL,NULL,'height','12.50',NULL,NULL,'accepted');
INSERT INTO "value" VALUES(5,4,NULL,NULL,'colours','red;none',NULL,NULL,'accepted');
INSERT INTO "value" VALUES(5,5,NULL,NULL,'remark','voisin : M. Wqrtz \ud800\x00',NULL,NULL,'accepted');
INSERT INTO "value" VALUES(5,6,NULL,NULL,'filled',NULL,'ERR',NULL,'held_back');
INSERT INTO "value" VALUES(5,7,'visits',2,'seen','2019-03',NULL,NULL,'accepted');
INSERT INTO "value" VALUES(5,9,'visits',3,'seen',NULL,NULL,'<2019','accepted');
INSERT INTO "value" VALUES(4,3,NULL,NULL,'height','12.50',NULL,NULL,'accepted');
INSERT INTO "value" VALUES(4,4,NULL,NULL,'colours','red;none',NULL,NULL,'accepted');
INSERT INTO "value" VALUES(4,5,NULL,NULL,'remark','voisin : M. Wqrtz \ud800\x00',NULL,NULL,'accepted');
INSERT INTO "value" VALUES(4,6,NULL,NULL,'filled',NULL,'ERR',NULL,'held_back');
INSERT INTO "value" VALUES(4,7,'visits',2,'seen','2019-03',NULL,NULL,'accepted');
INSERT INTO "value" VALUES(4,9,'visits',3,'seen',NULL,NULL,'<2019','accepted');
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE INDEX ix_receipt_sha256 ON receipt (sha256);
CREATE INDEX ix_submission_form ON submission (form, state);
CREATE INDEX ix_query_record_id ON "query" (record_id);
COMMIT;
