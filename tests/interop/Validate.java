import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.IssueSeverity;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/** Lines of {"version": "R4", "resource": {...}} in, for each line one JSON array of the validator's messages out. */
public final class Validate {
    private static final Gson GSON = new Gson();

    public static void main(String[] args) throws Exception {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // a library that logs must not log into the answers
        Map<String, FhirValidator> validators = new HashMap<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonObject asked = JsonParser.parseString(line).getAsJsonObject();
            FhirValidator validator =
                    validators.computeIfAbsent(asked.get("version").getAsString(), Validate::validator);
            answers.println(GSON.toJson(messages(validator, GSON.toJson(asked.get("resource")))));
        }
    }

    private static JsonArray messages(FhirValidator validator, String resource) {
        JsonArray found = new JsonArray();
        for (SingleValidationMessage message : validator.validateWithResult(resource).getMessages()) {
            JsonObject told = new JsonObject();
            told.addProperty("severity", message.getSeverity().getCode());
            told.addProperty("where", message.getLocationString());
            told.addProperty("id", message.getMessageId());
            told.addProperty("text", message.getMessage());
            found.add(told);
        }
        return found;
    }

    private static FhirValidator validator(String version) {
        FhirContext context = switch (version) {
            case "R4" -> FhirContext.forR4();
            case "R4B" -> FhirContext.forR4B();
            case "R5" -> FhirContext.forR5();
            default -> throw new IllegalArgumentException("unknown FHIR version " + version);
        };
        UnknownCodeSystemWarningValidationSupport unknown = new UnknownCodeSystemWarningValidationSupport(context);
        unknown.setNonExistentCodeSystemSeverity(IssueSeverity.WARNING);
        ValidationSupportChain chain = new ValidationSupportChain(
                new DefaultProfileValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context),
                unknown);
        FhirInstanceValidator instance = new FhirInstanceValidator(chain);
        instance.setErrorForUnknownProfiles(true);
        return context.newValidator().registerValidatorModule(instance);
    }
}
