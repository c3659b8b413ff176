namespace OpenClaw.Gateway.Core.Configuration.Json5;

/// <summary>A value in a JSON5 text, with the place where it stands.</summary>
/// <param name="start">Offset of the first character in the text, in UTF-16 units.</param>
/// <param name="end">Offset just after the last character.</param>
internal abstract class Json5Node(int start, int end)
{
    public int Start { get; } = start;

    public int End { get; } = end;
}

internal sealed class Json5Object(int start, int end, IReadOnlyList<Json5Member> members) : Json5Node(start, end)
{
    public IReadOnlyList<Json5Member> Members { get; } = members;

    /// <summary>The member that wins when a name is written twice: the last one.</summary>
    public Json5Member? Find(string name)
    {
        for (var i = Members.Count - 1; i >= 0; i--)
        {
            if (Members[i].Name == name)
                return Members[i];
        }
        return null;
    }
}

/// <param name="Name">The decoded name.</param>
/// <param name="Start">Offset of the first character of the name (its quote, if it has one).</param>
/// <param name="NameEnd">Offset just after the name.</param>
/// <param name="Value">The value.</param>
internal sealed record Json5Member(string Name, int Start, int NameEnd, Json5Node Value);

internal sealed class Json5Array(int start, int end, IReadOnlyList<Json5Node> items) : Json5Node(start, end)
{
    public IReadOnlyList<Json5Node> Items { get; } = items;
}

internal sealed class Json5String(int start, int end, string value) : Json5Node(start, end)
{
    public string Value { get; } = value;
}

internal sealed class Json5Number(int start, int end, double value) : Json5Node(start, end)
{
    /// <summary>May be infinite or not a number: JSON5 can write those.</summary>
    public double Value { get; } = value;
}

/// <summary>An integer that a <see cref="long"/> holds exactly, as chat ids need.</summary>
internal sealed class Json5Integer(int start, int end, long value) : Json5Node(start, end)
{
    public long Value { get; } = value;
}

/// <summary><c>true</c>, <c>false</c> or (when <see cref="Value"/> is null) <c>null</c>.</summary>
internal sealed class Json5Literal(int start, int end, bool? value) : Json5Node(start, end)
{
    public bool? Value { get; } = value;
}
