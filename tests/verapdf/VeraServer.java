import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.logging.*;
import java.util.stream.*;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.*;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.*;
import org.verapdf.pdfa.validation.profiles.*;
import org.w3c.dom.*;

/**
 * Judges PDF files with veraPDF, the reference validator, one JVM for all of them.
 *
 * <p>Reads a path a line and answers a line of JSON: {"ua1": [...], "2a": [...]}, for each standard
 * the rules that the file breaks, or {"error": "..."}. Ends with its input.
 */
public class VeraServer {
    private static final Map<String, PDFAFlavour> STANDARDS = new LinkedHashMap<>();

    static {
        STANDARDS.put("ua1", PDFAFlavour.PDFUA_1);
        STANDARDS.put("2a", PDFAFlavour.PDFA_2_A);
    }

    private final Map<String, ValidationProfile> profiles = new HashMap<>();

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        VeraServer server = new VeraServer();
        for (String standard : STANDARDS.keySet()) {
            server.profiles.put(standard, readProfile(STANDARDS.get(standard)));
        }
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String path; (path = in.readLine()) != null; ) {
            out.println(server.answer(path));
        }
    }

    private String answer(String path) {
        var parts = new ArrayList<String>();
        try {
            byte[] data = Files.readAllBytes(Path.of(path));
            for (String standard : STANDARDS.keySet()) {
                parts.add(quoted(standard) + ":[" + String.join(",", broken(data, standard)) + "]");
            }
        } catch (Exception | StackOverflowError error) {
            return "{\"error\":" + quoted(error.toString()) + "}";
        }
        return "{" + String.join(",", parts) + "}";
    }

    /** The rules that a file breaks, each as a JSON string: clause, test and where it is broken. */
    private List<String> broken(byte[] data, String standard) throws Exception {
        PDFAFlavour flavour = STANDARDS.get(standard);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(data), flavour);
             PDFAValidator validator = Foundries.defaultInstance()
                 .createValidator(profiles.get(standard), 3, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            if (result.isCompliant()) {
                return List.of();
            }
            var places = new TreeMap<String, String>();
            for (TestAssertion found : result.getTestAssertions()) {
                if (found.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = found.getRuleId().getClause() + "-" + found.getRuleId().getTestNumber();
                    places.putIfAbsent(rule, found.getMessage() + " at " + found.getLocation().getContext());
                }
            }
            if (places.isEmpty()) {
                places.put("?", "not compliant");
            }
            return places.entrySet().stream()
                .map(place -> quoted(place.getKey() + " " + place.getValue())).collect(Collectors.toList());
        }
    }

    /**
     * Reads a profile with the JDK's own parser: the jar has been stripped of the library that veraPDF
     * reads its profiles with.
     */
    private static ValidationProfile readProfile(PDFAFlavour flavour) throws Exception {
        String file = flavour == PDFAFlavour.PDFUA_1 ? "PDFUA-1.xml" : "PDFA-2A.xml";
        Element root;
        try (InputStream in = VeraServer.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + file)) {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            root = factory.newDocumentBuilder().parse(in).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : inside(root, "rule")) {
            rules.add(readRule(rule));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element one : inside(root, "variable")) {
            variables.add(Profiles.variableFromValues(one.getAttribute("name"), one.getAttribute("object"),
                text(one, "defaultValue"), text(one, "value")));
        }
        var details = Profiles.profileDetailsFromValues(text(root, "name"), text(root, "description"), "", new Date(0));
        return Profiles.profileFromValues(flavour, details, text(root, "hash"), rules, variables);
    }

    private static Rule readRule(Element rule) {
        Element id = inside(rule, "id").get(0);
        var ruleId = Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        Boolean deferred = rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null;
        List<ErrorArgument> details = new ArrayList<>();
        for (Element argument : inside(rule, "argument")) {
            String name = argument.hasAttribute("name") ? argument.getAttribute("name") : null;
            details.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), name, null));
        }
        return Profiles.ruleFromValues(ruleId, rule.getAttribute("object"), deferred, rule.getAttribute("tags"),
            text(rule, "description"), text(rule, "test"),
            Profiles.errorFromValues(text(rule, "message"), details), List.of());
    }

    private static List<Element> inside(Element element, String tag) {
        NodeList found = element.getElementsByTagNameNS("*", tag);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).collect(Collectors.toList());
    }

    private static String text(Element element, String tag) {
        List<Element> found = inside(element, tag);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }

    private static String quoted(String text) {
        var made = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            made.append(c == '"' || c == '\\' || c < ' ' || c > '~' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return made.append('"').toString();
    }
}
