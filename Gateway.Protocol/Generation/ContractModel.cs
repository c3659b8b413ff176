using System.Text.Json;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Frames;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Generation;

/// <summary>A method as generators see it.</summary>
internal sealed record MethodModel(MethodContract Contract, string? Summary, SchemaNode Params, SchemaNode Result, SchemaNode? Accepted);

/// <summary>An event as generators see it.</summary>
internal sealed record EventModel(EventContract Contract, string? Summary, SchemaNode Payload);

/// <summary>The whole contract in the order in which it is generated.</summary>
internal sealed class ContractModel
{
    private readonly SortedDictionary<string, ObjectNode> _types = new(StringComparer.Ordinal);

    public ContractModel(ContractDocs docs)
    {
        Docs = docs;
        Frames = [Named<RequestFrame>(), Named<ResponseFrame>(), Named<EventFrame>()];
        Methods = [.. GatewayMethods.All.Select(Describe)];
        Events = [.. GatewayEvents.All.Select(Describe)];
    }

    public ContractDocs Docs { get; }

    /// <summary>Request, response, event.</summary>
    public IReadOnlyList<ObjectNode> Frames { get; }

    public IReadOnlyList<MethodModel> Methods { get; }

    public IReadOnlyList<EventModel> Events { get; }

    /// <summary>Every named type, by name.</summary>
    public IReadOnlyCollection<ObjectNode> Types => _types.Values;

    private MethodModel Describe(MethodContract contract) => new(
        contract,
        Docs.OfMember(nameof(GatewayMethods), MemberName(contract.Name)),
        Collect(contract.ParamsType),
        Collect(contract.ResultType),
        contract.AcceptedType is { } accepted ? Collect(accepted) : null);

    private EventModel Describe(EventContract contract) =>
        new(contract, Docs.OfMember(nameof(GatewayEvents), MemberName(contract.Name)), Collect(contract.PayloadType));

    private ObjectNode Named<T>() => (ObjectNode)Collect(typeof(T));

    private SchemaNode Collect(Type type)
    {
        var node = ProtocolJson.SchemaOf(type);
        Add(node);
        return node;
    }

    private void Add(SchemaNode node)
    {
        switch (node)
        {
            case ObjectNode shape when _types.TryAdd(shape.Name, shape):
                foreach (var property in shape.Properties)
                    Add(property.Node);
                break;
            case ObjectNode shape when !ReferenceEquals(_types[shape.Name], shape):
                throw new NotSupportedException($"Two contract types are called {shape.Name}.");
            case ArrayNode array:
                Add(array.Items);
                break;
            case MapNode map:
                Add(map.Values);
                break;
            case AnyOfNode anyOf:
                foreach (var branch in anyOf.Branches)
                    Add(branch);
                break;
        }
    }

    // chat.send and last-heartbeat are the properties ChatSend and LastHeartbeat, whose comments are filed as chatSend and lastHeartbeat.
    private static string MemberName(string wireName) =>
        JsonNamingPolicy.CamelCase.ConvertName(string.Concat(wireName.Split('.', '-').Select(part => char.ToUpperInvariant(part[0]) + part[1..])));
}
