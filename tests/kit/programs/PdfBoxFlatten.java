import java.io.File;
import org.apache.pdfbox.pdmodel.PDDocument;

/** Draws the fields of a filled form on its pages and removes them, with PDFBox. */
public class PdfBoxFlatten {
    public static void main(String[] names) throws Exception {
        try (PDDocument document = PDDocument.load(new File(names[0]))) {
            document.getDocumentCatalog().getAcroForm().flatten();
            document.save(names[1]);
        }
    }
}
