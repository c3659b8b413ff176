using System.Text.Json;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Generation;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Tests.Schema;

public sealed class JsonSchemaWriterTests
{
    private readonly JsonElement _schema = JsonElement.Parse(new JsonSchemaWriter(ContractDocs.LoadFrom(AppContext.BaseDirectory)).Write().Span);

    [Fact]
    public void Write_Document_IsDraft7OfAFrame()
    {
        Assert.Equal("http://json-schema.org/draft-07/schema#", _schema.GetProperty("$schema").GetString());
        Assert.Equal(
            ["#/definitions/RequestFrame", "#/definitions/ResponseFrame", "#/definitions/EventFrame"],
            _schema.GetProperty("oneOf").EnumerateArray().Select(frame => frame.GetProperty("$ref").GetString()));
    }

    [Fact]
    public void Write_Twice_IsTheSameBytes() =>
        Assert.True(new JsonSchemaWriter(ContractDocs.None).Write().Span.SequenceEqual(new JsonSchemaWriter(ContractDocs.None).Write().Span));

    [Fact]
    public void Write_EveryReference_HasADefinition()
    {
        var references = References(_schema).ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(
            _schema.GetProperty("definitions").TryGetProperty(reference["#/definitions/".Length..], out _), reference));
    }

    [Fact]
    public void Write_MethodsAndEvents_AreAllThere()
    {
        Assert.Equal(GatewayMethods.All.Select(method => method.Name), Names("x-methods"));
        Assert.Equal(GatewayEvents.All.Select(@event => @event.Name), Names("x-events"));
    }

    [Fact]
    public void Write_Method_NamesScopeParamsAndAnswers()
    {
        var agent = _schema.GetProperty("x-methods").GetProperty("agent");

        Assert.Equal("operator.write", agent.GetProperty("scope").GetString());
        Assert.Equal("#/definitions/AgentParams", agent.GetProperty("params").GetProperty("$ref").GetString());
        Assert.Equal("#/definitions/AgentAccepted", agent.GetProperty("accepted").GetProperty("$ref").GetString());
        Assert.Equal("#/definitions/AgentFinal", agent.GetProperty("result").GetProperty("$ref").GetString());
        Assert.False(_schema.GetProperty("x-methods").GetProperty("connect").TryGetProperty("scope", out _));
    }

    [Fact]
    public void Write_Definition_CarriesBoundsAndClosedness()
    {
        var definitions = _schema.GetProperty("definitions");

        Assert.True(JsonElement.DeepEquals(
            JsonElement.Parse("""{"type":"integer","minimum":1,"maximum":5000,"description":"Most lines to return; 500 when absent."}"""),
            definitions.GetProperty("LogsTailParams").GetProperty("properties").GetProperty("limit")));
        Assert.False(definitions.GetProperty("LogsTailParams").GetProperty("additionalProperties").GetBoolean());
        Assert.False(definitions.GetProperty("HelloOk").TryGetProperty("additionalProperties", out _));
    }

    [Fact]
    public void Write_EveryTypeAndProperty_IsDescribed()
    {
        foreach (var type in _schema.GetProperty("definitions").EnumerateObject())
        {
            Assert.True(type.Value.TryGetProperty("description", out _), type.Name);
            foreach (var property in type.Value.GetProperty("properties").EnumerateObject())
                Assert.True(property.Value.TryGetProperty("description", out _), $"{type.Name}.{property.Name}");
        }
        foreach (var entry in _schema.GetProperty("x-methods").EnumerateObject().Concat(_schema.GetProperty("x-events").EnumerateObject()))
            Assert.True(entry.Value.TryGetProperty("description", out _), entry.Name);
    }

    [Fact]
    public void Write_WithoutDocs_LeavesDescriptionsOut()
    {
        var schema = JsonElement.Parse(new JsonSchemaWriter(ContractDocs.None).Write().Span);

        Assert.False(schema.GetProperty("definitions").GetProperty("ConnectParams").TryGetProperty("description", out _));
    }

    private IEnumerable<string> Names(string table) => _schema.GetProperty(table).EnumerateObject().Select(entry => entry.Name);

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.NameEquals("$ref") ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
