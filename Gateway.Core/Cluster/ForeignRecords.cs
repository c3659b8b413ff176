using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Core.Ingress;

namespace OpenClaw.Gateway.Core.Cluster;

/// <summary>Does with what other cores tell what they did with it themselves.</summary>
internal sealed class ForeignRecords(Broadcaster broadcaster, RunEventBroadcaster runs)
{
    /// <summary>Takes one record; called for one at a time.</summary>
    /// <exception cref="ArgumentException">It is of a kind or an event that this core does not know.</exception>
    /// <exception cref="System.Text.Json.JsonException">Its payload is not what its kind says.</exception>
    public void Take(RelayRecord record)
    {
        switch (record.Kind)
        {
            case RelayKind.Event:
                broadcaster.BroadcastForeign(record.Name, record.Payload, record.DropIfSlow switch { null => null, true => WhenSlow.Drop, false => WhenSlow.Close });
                break;
            case RelayKind.ToolEvent:
                runs.SendToolEvent(record.Name, record.Payload);
                break;
            default:
                throw new ArgumentException($"Records of kind {record.Kind} are not known here.", nameof(record));
        }
    }

    /// <summary>Records are lost: clients are let know, and what they might have told is looked up.</summary>
    public void Missed() => broadcaster.SkipNumber();
}
