using System.Text;
using System.Text.Json;
using OpenClaw.Gateway.Protocol.Frames;
using OpenClaw.Gateway.Protocol.Generation;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Schema;
using OpenClaw.Gateway.Protocol.Tests.Node;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Protocol.Tests.Schema;

/// <summary>The emitted schema, read by the validator that the peer uses, says the same as ours: yes or no, and every word.</summary>
public sealed class AjvAgreementTests
{
    private const int Seed = 20261121;
    private const int CasesPerSchema = 250;

    [NodeFact]
    public async Task Validate_SeededCorpus_AgreesWithAjv()
    {
        using var folder = new TempDirectory();
        var cases = Corpus();
        await File.WriteAllBytesAsync(folder["schema.json"], new JsonSchemaWriter(ContractDocs.None).Write());
        await File.WriteAllLinesAsync(folder["cases.ndjson"], cases.Select(@case =>
            JsonSerializer.Serialize(new { definition = @case.Schema.Name, json = @case.Json })));

        var answers = (await NodeTools.RunAsync("ajv-agreement.mjs", folder["schema.json"], folder["cases.ndjson"]))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(cases.Count, answers.Length);
        Assert.True(cases.Count >= 2000, $"{cases.Count} cases");
        var accepted = 0;
        for (var i = 0; i < cases.Count; i++)
        {
            var theirs = JsonSerializer.Deserialize<string?>(answers[i]);
            var ours = Validate(cases[i]);
            Assert.True(theirs == ours, $"case {i}, {cases[i].Schema.Name}: {cases[i].Json}\nAJV:  {theirs ?? "valid"}\nours: {ours ?? "valid"}");
            accepted += ours is null ? 1 : 0;
        }
        // A corpus of only good or only bad texts would prove little.
        Assert.InRange(accepted, cases.Count / 4, cases.Count * 3 / 4);
    }

    private static string? Validate((ObjectNode Schema, string Json) @case)
    {
        using var document = JsonDocument.Parse(WellFormedJson.Of(Encoding.UTF8.GetBytes(@case.Json)));
        return SchemaValidator.Validate(@case.Schema, document.RootElement);
    }

    private static List<(ObjectNode Schema, string Json)> Corpus()
    {
        var corpus = new JsonCorpus(Seed);
        var schemas = GatewayMethods.All.Select(method => ProtocolJson.SchemaOf(method.ParamsType))
            .Append(ProtocolJson.SchemaOf<RequestFrame>())
            .OfType<ObjectNode>()
            .Distinct();
        return
        [
            .. from schema in schemas
               from number in Enumerable.Range(0, CasesPerSchema)
               select (schema, corpus.Make(schema, mistakes: number % 3 == 0 ? 0 : number % 3 * 0.07)),
        ];
    }
}
