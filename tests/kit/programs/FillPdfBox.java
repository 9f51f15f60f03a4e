// Fill a PDF form with PDFBox. Arguments: blank file, answers (properties file in UTF-8, text by
// field name), target file. Where a font lacks a letter PDFBox stores the value, then complains.

import java.io.File;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDCheckBox;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;

public class FillPdfBox {
    public static void main(String[] arguments) throws Exception {
        Properties answers = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[1]), StandardCharsets.UTF_8)) {
            answers.load(reader);
        }
        try (PDDocument document = PDDocument.load(new File(arguments[0]))) {
            PDAcroForm form = document.getDocumentCatalog().getAcroForm();
            for (String name : answers.stringPropertyNames()) {
                enter(form.getField(name), answers.getProperty(name));
            }
            document.save(arguments[2]);
        }
    }

    private static void enter(PDField field, String text) throws Exception {
        try {
            if (field instanceof PDCheckBox) {
                ((PDCheckBox) field).check();
            } else {
                field.setValue(text);
            }
        } catch (IllegalArgumentException missingLetter) {
            System.err.println(field.getFullyQualifiedName() + ": " + missingLetter.getMessage());
        }
    }
}
