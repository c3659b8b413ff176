namespace OpenClaw.Gateway.Core.Configuration.Schema;

/// <summary>
/// The known configuration keys and their types, read from the definitions embedded in this assembly. Keys outside it
/// are kept and warned about; see <see cref="ConfigValidator"/>.
/// </summary>
internal sealed class ConfigSchema
{
    private static readonly Lazy<ConfigSchema> Shared = new(() => Read(Embedded()));

    private readonly Dictionary<string, SchemaLine> _fragments;
    private readonly Dictionary<string, ObjectType> _resolved = [];

    private ConfigSchema(IReadOnlyCollection<SchemaLine> lines)
    {
        _fragments = lines.Where(line => line.Key[0] == '@').ToDictionary(line => line.Key[1..]);
        Root = new ObjectType(lines.Where(line => line.Key[0] != '@').ToDictionary(line => line.Key, line => Build(line)));
    }

    public static ConfigSchema Instance => Shared.Value;

    public ObjectType Root { get; }

    public static ConfigSchema Read(IEnumerable<string> definitions) => new([.. definitions.SelectMany(SchemaLine.Read)]);

    private static IEnumerable<string> Embedded()
    {
        var assembly = typeof(ConfigSchema).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".schema", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }

    private SchemaNode Build(SchemaLine line)
    {
        var members = Members(line);
        IReadOnlyList<SchemaType> types = line.Type is null ? [members] : new SchemaTypeReader(line.Type, Fragment, members).Read();
        var node = new SchemaNode(types, line.Advisory);
        return line.Suffix switch
        {
            "[]" => new SchemaNode([new ArrayType(node)], line.Advisory),
            ".*" => new SchemaNode([new MapType(node)], line.Advisory),
            _ => node,
        };
    }

    private ObjectType Members(SchemaLine line)
    {
        var additional = line.Children.Find(child => child.Key == "*");
        return new ObjectType(
            line.Children.Where(child => child.Key != "*").ToDictionary(child => child.Key, Build),
            additional is null ? null : Build(additional));
    }

    private ObjectType Fragment(string name)
    {
        if (!_resolved.TryGetValue(name, out var type))
        {
            type = Members(_fragments.GetValueOrDefault(name) ?? throw new FormatException($"No schema fragment @{name}."));
            _resolved[name] = type;
        }
        return type;
    }
}
