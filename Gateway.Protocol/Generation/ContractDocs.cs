using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace OpenClaw.Gateway.Protocol.Generation;

/// <summary>The contract's own documentation comments, as plain text with <c>`code`</c> marks.</summary>
public sealed class ContractDocs
{
    private readonly Dictionary<string, string> _summaries;

    private ContractDocs(Dictionary<string, string> summaries) => _summaries = summaries;

    /// <summary>No comments: everything can be generated, without descriptions.</summary>
    public static ContractDocs None { get; } = new([]);

    /// <summary>True when there is nothing to describe with.</summary>
    public bool IsEmpty => _summaries.Count == 0;

    /// <summary>Name of the file that the compiler writes beside the assembly.</summary>
    public static string FileName => typeof(ContractDocs).Assembly.GetName().Name + ".xml";

    /// <summary>Reads the comments from <paramref name="directory"/>; <see cref="None"/> when the file is not there.</summary>
    /// <exception cref="System.Xml.XmlException">The file is damaged.</exception>
    public static ContractDocs LoadFrom(string directory)
    {
        var path = Path.Combine(directory, FileName);
        return File.Exists(path) ? Parse(File.ReadAllText(path)) : None;
    }

    /// <summary>Reads the comments from the text of a documentation file.</summary>
    /// <exception cref="System.Xml.XmlException">It is not XML.</exception>
    public static ContractDocs Parse(string xml)
    {
        // Some members end in JSON on the wire and in Json here.
        var summaries = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in XDocument.Parse(xml, LoadOptions.PreserveWhitespace).Descendants("member"))
        {
            if (member.Attribute("name")?.Value is not [var kind and ('T' or 'P' or 'F'), ':', .. var name] || member.Element("summary") is not { } summary)
                continue;
            // Names are unique within the contract, so that the generated models can use them.
            var parts = name.Split('.');
            var type = kind == 'T' ? parts[^1] : parts[^2];
            summaries[kind == 'T' ? type : Key(type, Wire(parts[^1]))] = Text(summary, type);
        }
        return new ContractDocs(summaries);
    }

    /// <summary>What a type is, or null.</summary>
    public string? OfType(string type) => _summaries.GetValueOrDefault(type);

    /// <summary>What a property or a constant is, by its name in camel case, or null.</summary>
    public string? OfMember(string type, string member) => _summaries.GetValueOrDefault(Key(type, member));

    private static string Key(string type, string member) => type + "." + member;

    private static string Wire(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static string Text(XElement element, string type)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } cref => $"`{Reference(cref.Value, type)}`",
                XElement { Name.LocalName: "see" } see => $"`{see.Attribute("langword")?.Value}`",
                XElement other => Text(other, type),
                _ => "",
            });
        }
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // Members are called as the generated models call them, with their type unless it is the one that speaks.
    private static string Reference(string cref, string type)
    {
        var parts = cref[2..].Split('.');
        if (cref[0] is 'T')
            return parts[^1];
        var member = Wire(parts[^1]);
        return parts[^2] == type ? member : $"{parts[^2]}.{member}";
    }
}
