BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
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
INSERT INTO "audit" VALUES(1,'2026-03-15T12:00:00+00:00','store_created',NULL,NULL,'{"key_check":"b91c1593650f8dcfde8ff6efda8096daf9e876d3197342a65ef2f5930f581cba"}','0000000000000000000000000000000000000000000000000000000000000000','7a0e5f2d441c1206c19204d4f51caaa433b0d8a300482e94dbd81b609943040d');
INSERT INTO "audit" VALUES(2,'2026-03-15T12:00:00+00:00','receipt',1,'REI-001','{"file":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb","outcome":"loaded_with_queries","record_id":"249b186b929d7bac","revision":1,"sealed":{"decision":{"1":null},"finding":{"1":"06711cf05c8e1d841a7bacb9e3197987cc129a9d692f93707f1b49afce006847"},"identifying":{"1":"ae2f54747b19bb283660c5fda48634502996dff29dece73bf2d9d8b4be495905"},"query":{"1":"425b5cf18e006c1df85a2302dfc025d8881fe62180ea07ecd3157b67b5d249d5"},"receipt":{"1":"562c4ba6dc7b9fcaa5154726dd235a03fc88d4429efc5129707fdd909678b9bb"},"record":{"249b186b929d7bac":"1fe96103c69abf8fe44f23d740bbdf3923636bad1f789b0f164d3a6845f77b83"},"submission":{"1":"33b0c9414fe75822b8d0aedb761d6af1b629191bd1756abd1684b45e0a757717"},"value":{"1":"6fe9adf269df34aa46dd63a3b1026e812b8e4ae3b7a8ff2d6feb7f9d0b661697"}}}','7a0e5f2d441c1206c19204d4f51caaa433b0d8a300482e94dbd81b609943040d','1e1ba57ddc4a429fd0674c83c661e95f521b67bcafdb7241494bdf27d532603f');
INSERT INTO "audit" VALUES(3,'2026-03-15T12:00:00+00:00','receipt',2,NULL,'{"file":"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d","outcome":"rejected","record_id":null,"revision":null,"sealed":{"decision":{"2":null},"finding":{"2":null},"identifying":{"2":"93d8c686b337796ec5cb07739b47108158486443fbc9f308a7c2e35072bbcdd4"},"query":{"2":null},"receipt":{"2":"9677f9bed40ed436361d26617a90ae3069cabf1620eb32aecf1c0bf01aed5d33"},"submission":{"2":null},"value":{"2":null}}}','1e1ba57ddc4a429fd0674c83c661e95f521b67bcafdb7241494bdf27d532603f','860d9fd0fce4b214ee7e4e35f6f808cdd971eeb84dbc7c605ed7c12909af3074');
INSERT INTO "audit" VALUES(4,'2026-03-15T12:00:00+00:00','receipt',3,'REI-001','{"file":"2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6","outcome":"loaded_with_queries","record_id":"249b186b929d7bac","revision":2,"sealed":{"decision":{"3":null},"finding":{"3":"a2b26d55ecf3ecdf0d59ac0e969764060e574ebb140b75f2fa865299f35b016a"},"identifying":{"3":"9d9f174beb14e3f127833b4da1b8a4658a58c400edb2d173b0355219316387a1"},"query":{"1":"7c38289e500a60ee634bae08e8c37c8a3f5d6805f53d677700f1e053f07400b2","3":"bb8ed713e0c74780bb61bcd5525911ab573946e7e644e340e4f6704a1a4281ff"},"receipt":{"3":"2d5d2d7ef9a789c0078362c2b5fe70d4b9d459dfce0ab9f903cfb5406d9b4342"},"record":{"249b186b929d7bac":"ce136c2a42e05f09a887be5daca8c7c5acd1bcc06840dc8e76149ffc9945fec2"},"submission":{"1":"854c0ee1c4d07d63451c3b15eb59680f63ccf4afeabbc571431de1c6b91a912a","3":"cce1b9872d3e05fc0b15e0e0b3b80743a42d31fc26d8680b7b8a768a03ca407f"},"value":{"3":"4781af8f2fbbc0a373ccc12fc3c19cda84824d01bf185351928d0ce9cea2f1a1"}}}','860d9fd0fce4b214ee7e4e35f6f808cdd971eeb84dbc7c605ed7c12909af3074','42ea61525176f5dbcd74188cc86911d6dafd67916fbb6e073e10799daaf3c261');
INSERT INTO "audit" VALUES(5,'2026-03-15T12:00:00+00:00','receipt',4,'REI-002','{"file":"18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4","outcome":"loaded_with_queries","record_id":"c5da4d4e54b2790b","revision":1,"sealed":{"decision":{"4":null},"finding":{"4":"14c7345a7dd5bd825040e53afa55101c84b17941d603727d9ad52cadfe7a6140"},"identifying":{"4":"89431693315c8d174cff02d049397cdaab576ee52340abd38a194c7e2729214d"},"query":{"4":"c68c8d27e08d65b32d6ba0c3ca2fc0d3db91f248d6cf39fc602443a8dec1841b"},"receipt":{"4":"7ca201f8cbbfb4af162d2ec1c868c0af685c693df80c214e587e6c41cb160d28"},"record":{"c5da4d4e54b2790b":"9c4e57a9dc894aa8caddcdfddfa0e8c4bcdf167c7b48fbd7b48eab3526ba346c"},"submission":{"4":"81df27b2e7315ee68f23538433e4a955c269bf8206e4e6dcb6e7a2a910ab9b9f"},"value":{"4":"53774bfc0baf613521ffa242cd9119b8f4244e49aa42372d71a17fe2bf1d7a6b"}}}','42ea61525176f5dbcd74188cc86911d6dafd67916fbb6e073e10799daaf3c261','b335a85f7a7549ad57259f50f2ef6c0c4b13d5172069ea1b93c7b551ab3cd5aa');
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
CREATE TABLE file (
	sha256 VARCHAR(64) NOT NULL, 
	size INTEGER NOT NULL, 
	CONSTRAINT pk_file PRIMARY KEY (sha256)
);
INSERT INTO "file" VALUES('ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',1);
INSERT INTO "file" VALUES('3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d',1);
INSERT INTO "file" VALUES('2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6',1);
INSERT INTO "file" VALUES('18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4',1);
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
INSERT INTO "identifying" VALUES(1,'_key',0,'{"centre":"REI","parts":["QUZX","1951-07-29","REI"],"rank":1}');
INSERT INTO "identifying" VALUES(2,'_file',0,'{"hint":"","name":"fiche-Jqxwy-b.pdf","sender":"","token":"centre/fiche-Jqxwy-b.pdf"}');
INSERT INTO "identifying" VALUES(3,'_file',0,'{"hint":"REI \u00b7 QU/ZX","name":"fiche-Jqxwy-c.pdf","sender":"","token":"centre/fiche-Jqxwy-c.pdf"}');
INSERT INTO "identifying" VALUES(3,'letters',0,'{"raw":"quzx","value":"QUZX"}');
INSERT INTO "identifying" VALUES(3,'born',0,'{"raw":"29/07/1951","value":"1951-07-29"}');
INSERT INTO "identifying" VALUES(3,'place',0,'{"raw":"REI","value":"REI"}');
INSERT INTO "identifying" VALUES(3,'visitor',2,'{"raw":"Vvzkj","value":"Vvzkj"}');
INSERT INTO "identifying" VALUES(3,'_record',0,'{"_missing":{"letters":"NI"},"born":"1951-07-29","letters":"QUZX","place":"REI","visits":[{"visitor":"Vvzkj"},{"_bound":{"visitor":"<V"}}]}');
INSERT INTO "identifying" VALUES(3,'_key',0,'{"centre":"REI","parts":["QUZX","1951-07-29","REI"],"rank":1}');
INSERT INTO "identifying" VALUES(4,'_file',0,'{"hint":"REI \u00b7 QU/ZX","name":"fiche-Jqxwy-d.pdf","sender":"","token":"centre/fiche-Jqxwy-d.pdf"}');
INSERT INTO "identifying" VALUES(4,'letters',0,'{"raw":"cd","value":"CD"}');
INSERT INTO "identifying" VALUES(4,'born',0,'{"raw":"29/07/1951","value":"1951-07-29"}');
INSERT INTO "identifying" VALUES(4,'place',0,'{"raw":"REI","value":"REI"}');
INSERT INTO "identifying" VALUES(4,'visitor',2,'{"raw":"Vvzkj","value":"Vvzkj"}');
INSERT INTO "identifying" VALUES(4,'_record',0,'{"_missing":{"letters":"NI"},"born":"1951-07-29","letters":"CD","place":"REI","visits":[{"visitor":"Vvzkj"},{"_bound":{"visitor":"<V"}}]}');
INSERT INTO "identifying" VALUES(4,'_key',0,'{"centre":"REI","parts":["CD","1951-07-29","REI"],"rank":1}');
CREATE TABLE lookup (
	receipt INTEGER NOT NULL, 
	earlier INTEGER, 
	likeness VARCHAR(64), 
	CONSTRAINT pk_lookup PRIMARY KEY (receipt), 
	CONSTRAINT fk_lookup_receipt FOREIGN KEY(receipt) REFERENCES receipt (number)
);
INSERT INTO "lookup" VALUES(1,NULL,NULL);
INSERT INTO "lookup" VALUES(2,NULL,NULL);
INSERT INTO "lookup" VALUES(3,NULL,NULL);
INSERT INTO "lookup" VALUES(4,NULL,NULL);
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
INSERT INTO "receipt" VALUES(1,NULL,'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','loaded_with_queries','garden','1.0.0','fr','pdf','REI-2','REI-001','249b186b929d7bac',1,'2026-03-14T07:26:53+00:00',NULL,'4e2e944e6e42fbb8cfe8f6dec6566aaa','{"centre":"REI-2","changes":[{"after":"13","before":"12.5","code":"A05","item":"height"}],"completeness":{"answered":7,"expected":9},"decisions":[],"filling_date":"2026-03-01","findings":[{"code":"DATE_UNREADABLE","context":{"entered":"l''an 40"},"item":"filled","items":[],"location":{"cell":"B7","code":"A04","page":1,"sheet":"Feuille"},"severity":"error"},{"code":"REVISION","context":{"revision":"2"},"items":[],"severity":"note"},{"code":"R07","context":{},"items":["height","seen"],"message":{"en":"Please check.","fr":"\u00c0 v\u00e9rifier."},"row":2,"severity":"query"}],"form":"garden","format":"pdf","id":"000001","language":"fr","members":[],"name_is_safe":false,"outcome":"loaded_with_queries","record_id":"249b186b929d7bac","revision":1,"source":{"beside_text":false,"received":"2026-03-14T09:26:53+02:00","sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb","size":1},"subject":"REI-001","version":"1.0.0"}');
INSERT INTO "receipt" VALUES(2,NULL,'3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d','rejected',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-14T07:26:53+00:00',NULL,'45236bb1001dd7a121ab06930883bc58','{"changes":[],"decisions":[],"findings":[],"id":"000002","members":[],"name_is_safe":false,"outcome":"rejected","source":{"beside_text":false,"received":"2026-03-14T09:26:53+02:00","sha256":"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d","size":1}}');
INSERT INTO "receipt" VALUES(3,NULL,'2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6','loaded_with_queries','garden','1.0.0','fr','pdf','REI-2','REI-001','249b186b929d7bac',2,'2026-03-14T07:26:53+00:00',NULL,'260892f1be63331669f946258782d0c5','{"centre":"REI-2","changes":[{"after":"13","before":"12.5","code":"A05","item":"height"}],"completeness":{"answered":7,"expected":9},"decisions":[],"filling_date":"2026-03-01","findings":[{"code":"DATE_UNREADABLE","context":{"entered":"l''an 40"},"item":"filled","items":[],"location":{"cell":"B7","code":"A04","page":1,"sheet":"Feuille"},"severity":"error"},{"code":"REVISION","context":{"revision":"2"},"items":[],"severity":"note"},{"code":"R07","context":{},"items":["height","seen"],"message":{"en":"Please check.","fr":"\u00c0 v\u00e9rifier."},"row":2,"severity":"query"}],"form":"garden","format":"pdf","id":"000003","language":"fr","members":[],"name_is_safe":false,"outcome":"loaded_with_queries","record_id":"249b186b929d7bac","revision":2,"source":{"beside_text":false,"received":"2026-03-14T09:26:53+02:00","sha256":"2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6","size":1},"subject":"REI-001","version":"1.0.0"}');
INSERT INTO "receipt" VALUES(4,NULL,'18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4','loaded_with_queries','garden','1.0.0','fr','pdf','REI-2','REI-002','c5da4d4e54b2790b',1,'2026-03-14T07:26:53+00:00',NULL,'df575f117e2c14f7ccd4b5ae395d3948','{"centre":"REI-2","changes":[{"after":"13","before":"12.5","code":"A05","item":"height"}],"completeness":{"answered":7,"expected":9},"decisions":[],"filling_date":"2026-03-01","findings":[{"code":"DATE_UNREADABLE","context":{"entered":"l''an 40"},"item":"filled","items":[],"location":{"cell":"B7","code":"A04","page":1,"sheet":"Feuille"},"severity":"error"},{"code":"REVISION","context":{"revision":"2"},"items":[],"severity":"note"},{"code":"R07","context":{},"items":["height","seen"],"message":{"en":"Please check.","fr":"\u00c0 v\u00e9rifier."},"row":2,"severity":"query"}],"form":"garden","format":"pdf","id":"000004","language":"fr","members":[],"name_is_safe":false,"outcome":"loaded_with_queries","record_id":"c5da4d4e54b2790b","revision":1,"source":{"beside_text":false,"received":"2026-03-14T09:26:53+02:00","sha256":"18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4","size":1},"subject":"REI-002","version":"1.0.0"}');
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
CREATE INDEX ix_audit_receipt ON audit (receipt);
CREATE INDEX ix_query_receipt ON "query" (receipt);
CREATE INDEX ix_lookup_earlier ON lookup (earlier);
CREATE INDEX ix_lookup_likeness ON lookup (likeness);
COMMIT;
