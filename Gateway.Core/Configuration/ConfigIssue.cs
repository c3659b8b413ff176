using System.Text;

namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>Something about the configuration that a person should know, and where it stands.</summary>
/// <param name="Path">Key path with numeric indexes (<c>agents.list.0.id</c>); empty for the document.</param>
/// <param name="Message">What is wrong, in the words existing scripts know.</param>
public sealed record ConfigIssue(string Path, string Message)
{
    /// <summary>What was found and what is allowed; never the value of a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>File the value is in: the configuration file or one it includes.</summary>
    public string? File { get; init; }

    /// <summary>1-based line, 0 when there is no place in a file.</summary>
    public int Line { get; init; }

    /// <summary>1-based column, 0 when there is no place in a file.</summary>
    public int Column { get; init; }

    /// <summary>About a setting that is right and has no effect here: it is told, and is no reason to refuse a change that writes it.</summary>
    public bool IsAdvice { get; init; }

    /// <summary>One line: path, message, detail, place.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Path.Length == 0 ? "<root>" : Path).Append(": ").Append(Message);
        if (Detail is not null)
            text.Append(" (").Append(Detail).Append(')');
        if (File is not null)
            text.Append(" at ").Append(File);
        if (File is not null && Line > 0)
            text.Append(':').Append(Line).Append(':').Append(Column);
        return text.ToString();
    }
}
