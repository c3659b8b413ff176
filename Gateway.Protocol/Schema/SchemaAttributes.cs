namespace OpenClaw.Gateway.Protocol.Schema;

/// <summary>The string, or every string of the list, has at least one character.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NonEmptyAttribute : Attribute;

/// <summary>Bounds of a string's length in code points.</summary>
/// <param name="min">Least length.</param>
/// <param name="max">Largest length.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextLengthAttribute(int min, int max) : Attribute
{
    /// <summary>Least length.</summary>
    public int Min { get; } = min;

    /// <summary>Largest length.</summary>
    public int Max { get; } = max;
}

/// <summary>Bounds of a list's length.</summary>
/// <param name="min">Least number of items.</param>
/// <param name="max">Largest number of items.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemCountAttribute(int min, int max = int.MaxValue) : Attribute
{
    /// <summary>Least number of items.</summary>
    public int Min { get; } = min;

    /// <summary>Largest number of items; <see cref="int.MaxValue"/> for no bound.</summary>
    public int Max { get; } = max;
}

/// <summary>Inclusive bounds of a number.</summary>
/// <param name="min">Least value.</param>
/// <param name="max">Largest value.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BoundsAttribute(double min, double max = double.MaxValue) : Attribute
{
    /// <summary>Least value.</summary>
    public double Min { get; } = min;

    /// <summary>Largest value; <see cref="double.MaxValue"/> for no bound.</summary>
    public double Max { get; } = max;
}

/// <summary>The text must match this regular expression (ECMAScript syntax).</summary>
/// <param name="pattern">The expression.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatternAttribute(string pattern) : Attribute
{
    /// <summary>The expression.</summary>
    public string Pattern { get; } = pattern;
}

/// <summary>The string is one of these values.</summary>
/// <param name="values">The allowed values.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(params string[] values) : Attribute
{
    /// <summary>The allowed values.</summary>
    public IReadOnlyList<string> Values { get; } = values;
}

/// <summary><c>null</c> is a value of its own here, different from an absent property.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OrNullAttribute : Attribute;

/// <summary>Objects of this type may carry properties that are not declared.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenObjectAttribute : Attribute;
