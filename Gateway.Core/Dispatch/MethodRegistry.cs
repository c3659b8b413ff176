using System.Collections.Frozen;
using System.Text;
using OpenClaw.Gateway.Protocol.Methods;

namespace OpenClaw.Gateway.Core.Dispatch;

/// <summary>All methods that this gateway serves.</summary>
internal sealed class MethodRegistry
{
    private readonly FrozenDictionary<string, GatewayMethod> _byName;
    private readonly FrozenDictionary<string, GatewayMethod>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public MethodRegistry(IEnumerable<GatewayMethod> methods)
    {
        _byName = methods.ToFrozenDictionary(method => method.Contract.Name, StringComparer.Ordinal);
        _bySpan = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
        Advertised = [.. MethodCatalog.All.Where(entry => entry.Advertised && _byName.ContainsKey(entry.Name)).Select(entry => entry.Name)];
    }

    /// <summary>Names for <c>hello-ok</c>: what is served and meant to be seen, in the contract's order.</summary>
    public IReadOnlyList<string> Advertised { get; }

    /// <summary>The method of this name, without allocating; null when it is not served.</summary>
    public GatewayMethod? Find(ReadOnlySpan<byte> nameUtf8)
    {
        Span<char> name = stackalloc char[128];
        if (nameUtf8.Length > name.Length || !Encoding.UTF8.TryGetChars(nameUtf8, name, out var length))
            return null;
        return _bySpan.TryGetValue(name[..length], out var method) ? method : null;
    }
}
