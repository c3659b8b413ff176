using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Generation;

/// <summary>Writes the contract as TypeScript declarations and constants.</summary>
internal sealed class TypeScriptWriter(ContractModel model)
{
    private readonly ModelText _text = new("  ");

    public byte[] Write()
    {
        _text.Line(ModelText.Notice);
        foreach (var group in ConstantGroup.All)
            WriteConstants(group);
        foreach (var type in model.Types)
            WriteType(type);
        WriteFrames();
        WriteMethods();
        WriteEvents();
        return _text.ToUtf8();
    }

    private void WriteConstants(ConstantGroup group)
    {
        _text.Line();
        Comment(model.Docs.OfType(group.Name));
        _text.Block($"export const {group.Name} =", () =>
        {
            foreach (var constant in group.Constants)
            {
                Comment(model.Docs.OfMember(group.Name, constant.Name));
                _text.Line($"{constant.Name}: {ModelText.Literal(constant.Value)},");
            }
        }, "} as const;");
    }

    private void WriteType(ObjectNode type)
    {
        _text.Line();
        Comment(model.Docs.OfType(type.Name));
        // An interface without members would accept any value; a closed object without properties accepts none.
        if (type is { Closed: true, Properties.Count: 0 })
        {
            _text.Line($"export type {type.Name} = Record<string, never>;");
            return;
        }
        _text.Block("export interface " + type.Name, () =>
        {
            foreach (var property in type.Properties)
            {
                Comment(model.Docs.OfMember(property.DeclaredBy ?? type.Name, property.Name));
                _text.Line($"{property.Name}{(property.Required ? "" : "?")}: {TypeOf(property.Node)};");
            }
            if (!type.Closed)
                _text.Line("[property: string]: unknown;");
        });
    }

    private void WriteFrames()
    {
        _text.Line();
        Comment("Any frame; `type` tells which.");
        _text.Line($"export type GatewayFrame = {string.Join(" | ", model.Frames.Select(frame => frame.Name))};");
    }

    private void WriteMethods()
    {
        _text.Line();
        Comment("Params and result of every method, by its name on the wire.");
        _text.Block("export interface GatewayMethods", () =>
        {
            foreach (var method in model.Methods)
            {
                Comment(method.Summary);
                var accepted = method.Accepted is { } node ? $" accepted: {TypeOf(node)};" : "";
                _text.Line($"{ModelText.Literal(method.Contract.Name)}: {{ params: {TypeOf(method.Params)};{accepted} result: {TypeOf(method.Result)} }};");
            }
        });
        _text.Line();
        Comment("Name of a method.");
        _text.Line("export type GatewayMethod = keyof GatewayMethods;");
    }

    private void WriteEvents()
    {
        _text.Line();
        Comment("Payload of every event, by its name on the wire.");
        _text.Block("export interface GatewayEvents", () =>
        {
            foreach (var @event in model.Events)
            {
                Comment(@event.Summary);
                _text.Line($"{ModelText.Literal(@event.Contract.Name)}: {TypeOf(@event.Payload)};");
            }
        });
        _text.Line();
        Comment("Name of an event.");
        _text.Line("export type GatewayEvent = keyof GatewayEvents;");
    }

    private void Comment(string? text)
    {
        if (text is not null)
            _text.Line($"/** {text.Replace("*/", "*\\/", StringComparison.Ordinal)} */");
    }

    private static string TypeOf(SchemaNode node) => node switch
    {
        AnyNode => "unknown",
        NullNode => "null",
        BooleanNode => "boolean",
        StringNode => "string",
        NumberNode => "number",
        ConstantNode constant => ModelText.Literal(constant.Value),
        ObjectNode type => type.Name,
        ArrayNode { Items: AnyOfNode union } => $"({TypeOf(union)})[]",
        ArrayNode array => TypeOf(array.Items) + "[]",
        MapNode map => $"Record<string, {TypeOf(map.Values)}>",
        AnyOfNode anyOf => string.Join(" | ", anyOf.Branches.Select(TypeOf)),
        _ => throw new NotSupportedException(node.GetType().Name),
    };
}
