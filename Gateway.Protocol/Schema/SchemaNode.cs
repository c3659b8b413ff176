namespace OpenClaw.Gateway.Protocol.Schema;

/// <summary>A shape that JSON must have. Built from the contract types by <see cref="SchemaBuilder"/>; immutable.</summary>
public abstract record SchemaNode;

/// <summary>Any JSON value.</summary>
public sealed record AnyNode : SchemaNode
{
    /// <summary>The one instance.</summary>
    public static AnyNode Instance { get; } = new();
}

/// <summary>JSON <c>null</c>.</summary>
public sealed record NullNode : SchemaNode
{
    /// <summary>The one instance.</summary>
    public static NullNode Instance { get; } = new();
}

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed record BooleanNode : SchemaNode
{
    /// <summary>The one instance.</summary>
    public static BooleanNode Instance { get; } = new();
}

/// <summary>A string, its length counted in code points.</summary>
/// <param name="MinLength">Least number of code points, 0 for no bound.</param>
/// <param name="MaxLength">Largest number of code points, or null.</param>
/// <param name="Pattern">Regular expression that must match somewhere in the text, or null.</param>
public sealed record StringNode(int MinLength = 0, int? MaxLength = null, TextPattern? Pattern = null) : SchemaNode;

/// <summary>Exactly this string.</summary>
/// <param name="Value">The only allowed value.</param>
public sealed record ConstantNode(string Value) : SchemaNode;

/// <summary>A number.</summary>
/// <param name="Integer">True when it must have no fraction (<c>1.0</c> has none).</param>
/// <param name="Minimum">Inclusive lower bound, or null.</param>
/// <param name="Maximum">Inclusive upper bound, or null.</param>
public sealed record NumberNode(bool Integer, double? Minimum = null, double? Maximum = null) : SchemaNode;

/// <summary>An array.</summary>
/// <param name="Items">Shape of every element.</param>
/// <param name="MinItems">Least number of elements, 0 for no bound.</param>
/// <param name="MaxItems">Largest number of elements, or null.</param>
public sealed record ArrayNode(SchemaNode Items, int MinItems = 0, int? MaxItems = null) : SchemaNode;

/// <summary>An object used as a map from names to values.</summary>
/// <param name="Values">Shape of every value.</param>
public sealed record MapNode(SchemaNode Values) : SchemaNode;

/// <summary>One of several shapes.</summary>
/// <param name="Branches">Tried in order.</param>
public sealed record AnyOfNode(IReadOnlyList<SchemaNode> Branches) : SchemaNode;

/// <summary>An object with named properties.</summary>
/// <param name="Name">Name of the contract type, used for generated models.</param>
/// <param name="Properties">In declaration order, which is also the order of validation.</param>
/// <param name="Closed">True when no other property is allowed.</param>
public sealed record ObjectNode(string Name, IReadOnlyList<SchemaProperty> Properties, bool Closed) : SchemaNode;

/// <summary>A property of an <see cref="ObjectNode"/>.</summary>
/// <param name="Name">Name on the wire.</param>
/// <param name="Node">Shape of the value.</param>
/// <param name="Required">True when it must be present.</param>
/// <param name="DeclaredBy">The type whose member it is when the object inherits it.</param>
public sealed record SchemaProperty(string Name, SchemaNode Node, bool Required, string? DeclaredBy = null);
