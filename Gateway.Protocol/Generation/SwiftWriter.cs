using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Generation;

/// <summary>Writes the contract as Swift structures that encode to and decode from its JSON.</summary>
/// <remarks>
/// Only what Swift 5.5 and Foundation's JSON coders have is used. Texts with a fixed set of values become open structures, not
/// enumerations: a client must be able to read a value that was added after it was built.
/// </remarks>
internal sealed class SwiftWriter(ContractModel model)
{
    private readonly ModelText _text = new("    ");

    public byte[] Write()
    {
        _text.Line(ModelText.Notice);
        _text.Line("import Foundation");
        foreach (var group in ConstantGroup.All)
            WriteConstants(group);
        SwiftSupport.Write(_text);
        foreach (var type in model.Types)
            WriteType(type);
        WriteNames("GatewayMethods", "Names of the methods.", model.Methods.Select(method => (method.Contract.Name, method.Summary)));
        WriteNames("GatewayEvents", "Names of the events.", model.Events.Select(@event => (@event.Contract.Name, @event.Summary)));
        return _text.ToUtf8();
    }

    private void WriteConstants(ConstantGroup group)
    {
        _text.Line();
        Comment(model.Docs.OfType(group.Name));
        _text.Block("public enum " + group.Name, () =>
        {
            foreach (var constant in group.Constants)
            {
                Comment(model.Docs.OfMember(group.Name, constant.Name));
                _text.Line($"public static let {SwiftNames.Member(constant.Name)} = {ModelText.Literal(constant.Value)}");
            }
        });
    }

    private void WriteNames(string type, string summary, IEnumerable<(string Name, string? Summary)> names)
    {
        _text.Line();
        Comment(summary);
        _text.Block("public enum " + type, () =>
        {
            foreach (var (name, comment) in names)
            {
                Comment(comment);
                _text.Line($"public static let {SwiftNames.Constant(name)} = {ModelText.Literal(name)}");
            }
        });
    }

    private void WriteType(ObjectNode type)
    {
        foreach (var property in type.Properties)
        {
            if (Values(property.Node) is { Count: > 0 } values)
                WriteOpenText(type.Name + SwiftNames.Pascal(property.Name), $"Values of `{property.Name}` of `{type.Name}`.", values);
        }
        _text.Line();
        Comment(model.Docs.OfType(type.Name));
        _text.Block($"public struct {type.Name}: Codable, Equatable, Sendable", () =>
        {
            foreach (var property in type.Properties)
            {
                Comment(model.Docs.OfMember(property.DeclaredBy ?? type.Name, property.Name));
                _text.Line($"public var {SwiftNames.Member(property.Name)}: {TypeOf(type, property)}");
            }
            if (type.Properties.Count > 0)
                _text.Line();
            var parameters = type.Properties.Select(property =>
                $"{SwiftNames.Member(property.Name)}: {TypeOf(type, property)}{(IsOptional(property) ? " = nil" : "")}");
            _text.Block($"public init({string.Join(", ", parameters)})", () =>
            {
                foreach (var property in type.Properties)
                    _text.Line($"self.{SwiftNames.Member(property.Name)} = {SwiftNames.Member(property.Name)}");
            });
        });
    }

    private void WriteOpenText(string name, string summary, IReadOnlyList<string> values)
    {
        _text.Line();
        Comment(summary);
        _text.Block($"public struct {name}: RawRepresentable, Codable, Hashable, Sendable", () =>
        {
            foreach (var value in values)
                _text.Line($"public static let {SwiftNames.Constant(value)} = {name}(rawValue: {ModelText.Literal(value)})");
            _text.Line();
            _text.Line("public let rawValue: String");
            _text.Line();
            _text.Block("public init(rawValue: String)", () => _text.Line("self.rawValue = rawValue"));
        });
    }

    private void Comment(string? text)
    {
        if (text is not null)
            _text.Line("/// " + text);
    }

    private static string TypeOf(ObjectNode owner, SchemaProperty property)
    {
        var (node, nullable) = WithoutNull(property.Node);
        var type = Values(node) is { Count: > 0 } ? owner.Name + SwiftNames.Pascal(property.Name) : TypeOf(node);
        // Optional properties are left out when nil; where null says something else than absence, it needs a value of its own.
        return (property.Required, nullable) switch
        {
            (true, false) => type,
            (false, true) => $"OrNull<{type}>?",
            _ => type + "?",
        };
    }

    private static string TypeOf(SchemaNode node) => node switch
    {
        AnyNode => "JSONValue",
        BooleanNode => "Bool",
        StringNode => "String",
        NumberNode { Integer: true } => "Int64",
        NumberNode => "Double",
        ObjectNode type => type.Name,
        ArrayNode array => $"[{TypeOf(array.Items)}]",
        MapNode map => $"[String: {TypeOf(map.Values)}]",
        _ => throw new NotSupportedException($"Swift has no type for {node.GetType().Name} here."),
    };

    private static bool IsOptional(SchemaProperty property) => !property.Required || WithoutNull(property.Node).Nullable;

    private static (SchemaNode Node, bool Nullable) WithoutNull(SchemaNode node)
    {
        if (node is not AnyOfNode anyOf || !anyOf.Branches.Contains(NullNode.Instance))
            return (node, false);
        var rest = anyOf.Branches.Where(branch => branch is not NullNode).ToList();
        return (rest.Count == 1 ? rest[0] : new AnyOfNode(rest), true);
    }

    /// <summary>The allowed texts, when the node allows only certain ones.</summary>
    private static List<string>? Values(SchemaNode node) => WithoutNull(node).Node switch
    {
        ConstantNode constant => [constant.Value],
        AnyOfNode anyOf when anyOf.Branches.All(branch => branch is ConstantNode) => [.. anyOf.Branches.Select(branch => ((ConstantNode)branch).Value)],
        _ => null,
    };
}
