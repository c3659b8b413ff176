using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>
/// A table together with the version of the file and the key rules it was made from; with an incident, the file was
/// not readable and the table is what could be recovered.
/// </summary>
internal sealed record LoadedTable(SessionTable Table, SessionKeyRules Rules, FileStamp Stamp, StoreIncident? Incident)
{
    /// <summary>Nothing has changed since.</summary>
    /// <param name="stamp">The file's stamp now.</param>
    /// <param name="rules">The rules that hold now.</param>
    public bool IsCurrent(FileStamp stamp, SessionKeyRules rules) => ReferenceEquals(Rules, rules) && Stamp == stamp;
}
