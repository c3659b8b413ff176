namespace OpenClaw.Gateway.Core.Configuration.Schema;

/// <summary>What a configuration key may hold.</summary>
/// <param name="Types">Alternatives; a value has to fit one.</param>
/// <param name="Advisory">
/// True where nothing here depends on the value: a wrong one is a warning. False: a wrong one refuses the configuration.
/// </param>
internal sealed record SchemaNode(IReadOnlyList<SchemaType> Types, bool Advisory);

internal abstract record SchemaType;

internal sealed record AnyType : SchemaType;

internal sealed record BooleanType : SchemaType;

/// <param name="MinLength">In UTF-16 units.</param>
/// <param name="MaxLength">In UTF-16 units.</param>
/// <param name="Pattern">What the whole value has to match.</param>
internal sealed record StringType(int MinLength = 0, int MaxLength = int.MaxValue, TextPattern? Pattern = null) : SchemaType;

/// <param name="Integer">Whether fractions are refused.</param>
/// <param name="Minimum">Least value.</param>
/// <param name="Exclusive">Whether the least value itself is refused.</param>
/// <param name="Maximum">Greatest value.</param>
internal sealed record NumberType(bool Integer, double? Minimum = null, bool Exclusive = false, double? Maximum = null) : SchemaType;

/// <summary>One exact word.</summary>
internal sealed record LiteralType(string Word) : SchemaType;

/// <summary>One of several words; apart from <see cref="LiteralType"/> because the peer words its complaint differently.</summary>
internal sealed record EnumType(IReadOnlyList<string> Words) : SchemaType;

internal sealed record ArrayType(SchemaNode Items) : SchemaType;

/// <summary>Free names, values of one kind.</summary>
internal sealed record MapType(SchemaNode Values) : SchemaType;

/// <param name="Members">Known keys.</param>
/// <param name="Additional">What other keys hold, when they are allowed to exist.</param>
/// <param name="Open">Whether unknown keys are nobody's business.</param>
internal sealed record ObjectType(IReadOnlyDictionary<string, SchemaNode> Members, SchemaNode? Additional = null, bool Open = false) : SchemaType;
