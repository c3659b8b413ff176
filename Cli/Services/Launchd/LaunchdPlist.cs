using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace OpenClaw.Cli.Services.Launchd;

/// <summary>The property list of a launch agent (<c>launchd.plist(5)</c>).</summary>
internal static class LaunchdPlist
{
    /// <summary>A longer file is no property list of an agent.</summary>
    private const long MostBytes = 1024 * 1024;

    /// <summary>The text of the property list.</summary>
    public static string Write(ServiceDefinition definition, string label, string logName)
    {
        var dictionary = new XElement("dict");
        Add("Label", Text(label));
        Add("Comment", Text(definition.Description));
        Add("RunAtLoad", new XElement("true"));
        Add("KeepAlive", new XElement("true"));
        // Between SIGTERM and SIGKILL; launchd's own 20 s would do, but then nobody would see that it hangs together with the gateway's time.
        Add("ExitTimeOut", new XElement("integer", ((int)ServiceDefaults.DrainBudget.SupervisorPatience.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Add("ProgramArguments", new XElement("array", definition.Arguments.Select(Text)));
        Add("StandardOutPath", Text(Path.Combine(definition.LogDirectory, logName + ".log")));
        Add("StandardErrorPath", Text(Path.Combine(definition.LogDirectory, logName + ".err.log")));
        Add("EnvironmentVariables", new XElement("dict", definition.Environment.SelectMany(static pair => (XElement[])[new XElement("key", pair.Key), Text(pair.Value)])));
        var document = new XDocument(
            new XDocumentType("plist", "-//Apple//DTD PLIST 1.0//EN", "http://www.apple.com/DTDs/PropertyList-1.0.dtd", null),
            new XElement("plist", new XAttribute("version", "1.0"), dictionary));
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
            document.Save(writer);
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text + "\n";

        void Add(string key, XElement value) => dictionary.Add(new XElement("key", key), value);
    }

    /// <summary>Why this cannot be a property list; null when it can.</summary>
    public static string? Problem(ServiceDefinition definition) =>
        definition.Arguments.Concat(definition.Environment.Select(static pair => pair.Value)).Any(static text => text.Any(static c => !XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c)))
            ? "a path or a variable has control characters, which a property list cannot hold"
            : null;

    /// <summary>Reads a property list; null when there is none that can be read.</summary>
    public static InstalledService? Read(string path)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: <= MostBytes })
                return null;
            var text = File.ReadAllText(path);
            if (Dictionary(text) is not { } values)
                return null;
            return new InstalledService([.. values.GetValueOrDefault("ProgramArguments")?.Elements("string").Select(static item => item.Value) ?? []], path)
            {
                WorkingDirectory = values.GetValueOrDefault("WorkingDirectory")?.Value,
                Environment = values.GetValueOrDefault("EnvironmentVariables") is { } variables
                    ? Pairs(variables).ToDictionary(static pair => pair.Key, static pair => pair.Value.Value, StringComparer.Ordinal)
                    : new Dictionary<string, string>(),
                Text = text,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether a key is there with the value true.</summary>
    public static bool HasTrue(string text, string key) => Dictionary(text)?.GetValueOrDefault(key)?.Name.LocalName == "true";

    private static Dictionary<string, XElement>? Dictionary(string text)
    {
        try
        {
            // The document type is not fetched from anywhere, and no entity is expanded.
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            return XDocument.Load(reader).Root?.Element("dict") is { } dictionary ? Pairs(dictionary).ToDictionary(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static IEnumerable<KeyValuePair<string, XElement>> Pairs(XElement dictionary)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in dictionary.Elements("key"))
        {
            if (key.ElementsAfterSelf().FirstOrDefault() is { } value && seen.Add(key.Value))
                yield return new(key.Value, value);
        }
    }

    private static XElement Text(string value) => new("string", value);
}
