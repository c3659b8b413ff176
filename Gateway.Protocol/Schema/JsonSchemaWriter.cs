using System.Buffers;
using System.Text.Json;
using OpenClaw.Gateway.Protocol.Generation;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Protocol.Schema;

/// <summary>Writes the contract as one JSON Schema (draft-07).</summary>
/// <remarks>
/// <c>definitions</c> holds every type by name. The document itself describes a frame. <c>x-methods</c> and <c>x-events</c> say
/// which definition belongs to which name on the wire; a validator in strict mode has to be told these two keywords.
/// </remarks>
/// <param name="docs">Where the descriptions come from.</param>
public sealed class JsonSchemaWriter(ContractDocs docs)
{
    private readonly ContractModel _model = new(docs);

    /// <summary>The document: UTF-8, indented by two, ending with a line feed, the same bytes every time.</summary>
    public ReadOnlyMemory<byte> Write()
    {
        var buffer = new ArrayBufferWriter<byte>(128 * 1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = ProtocolJson.Encoder }))
            WriteDocument(json);
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private void WriteDocument(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("$schema", "http://json-schema.org/draft-07/schema#");
        json.WriteString("title", "OpenClaw gateway protocol");
        json.WriteString("description", $"Frames, methods and events of protocol {ProtocolLimits.OldestVersion} to {ProtocolLimits.NewestVersion}.");
        json.WriteStartArray("oneOf");
        foreach (var frame in _model.Frames)
        {
            json.WriteStartObject();
            SchemaNodeWriter.WriteReference(json, frame);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("definitions");
        foreach (var type in _model.Types)
        {
            json.WriteStartObject(type.Name);
            SchemaNodeWriter.WriteDefinition(json, type, docs);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        WriteMethods(json);
        WriteEvents(json);
        json.WriteEndObject();
    }

    private void WriteMethods(Utf8JsonWriter json)
    {
        json.WriteStartObject("x-methods");
        foreach (var method in _model.Methods)
        {
            json.WriteStartObject(method.Contract.Name);
            SchemaNodeWriter.WriteDescription(json, method.Summary);
            // The handshake is what gives a caller a scope.
            if (method.Contract != GatewayMethods.Connect)
                json.WriteString(method.Contract.Scope is MethodScope.NodeRole ? "role" : "scope", NameOf(method.Contract.Scope));
            json.WriteBoolean("validated", method.Contract.Validated);
            SchemaNodeWriter.Write(json, "params", method.Params);
            if (method.Accepted is { } accepted)
                SchemaNodeWriter.Write(json, "accepted", accepted);
            SchemaNodeWriter.Write(json, "result", method.Result);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private void WriteEvents(Utf8JsonWriter json)
    {
        json.WriteStartObject("x-events");
        foreach (var @event in _model.Events)
        {
            json.WriteStartObject(@event.Contract.Name);
            SchemaNodeWriter.WriteDescription(json, @event.Summary);
            SchemaNodeWriter.Write(json, "payload", @event.Payload);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static string NameOf(MethodScope scope) => scope switch
    {
        MethodScope.Admin => OperatorScopes.Admin,
        MethodScope.Read => OperatorScopes.Read,
        MethodScope.Write => OperatorScopes.Write,
        MethodScope.Approvals => OperatorScopes.Approvals,
        MethodScope.Pairing => OperatorScopes.Pairing,
        MethodScope.NodeRole => ConnectionRoles.Node,
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, null),
    };
}
