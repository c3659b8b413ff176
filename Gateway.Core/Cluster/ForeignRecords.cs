using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Core.Idempotency;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Protocol.Events;

namespace OpenClaw.Gateway.Core.Cluster;

/// <summary>Does with what other cores tell what they did with it themselves.</summary>
internal sealed class ForeignRecords(
    Broadcaster broadcaster, RunEventBroadcaster events, ToolEventRecipients recipients, RunRegistry runs, PendingAnswers answers, MessageOutcomes outcomes, AnswerBook book)
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
                if (record.Name is EventNames.Agent or EventNames.Chat)
                    events.Follow(record.Name, record.Payload);
                break;
            case RelayKind.ToolEvent:
                events.SendToolEvent(record.Name, record.Payload);
                break;
            case RelayKind.RunOver:
                recipients.Remove(record.Name);
                runs.Conclude(record.Name, SharedAnswer.Parse(record.Payload).ToResult());
                break;
            case RelayKind.MessageOver:
                outcomes.Adopt(record.Name, SharedAnswer.Parse(record.Payload));
                break;
            default:
                throw new ArgumentException($"Records of kind {record.Kind} are not known here.", nameof(record));
        }
    }

    /// <summary>Records are lost: clients see a gap in their numbers, and the ends that somebody here waits for are looked up.</summary>
    /// <exception cref="BusUnavailableException">The bus is away once more.</exception>
    public Task CatchUpAsync(CancellationToken cancellationToken)
    {
        broadcaster.SkipNumber();
        return LookUpEndsAsync(cancellationToken);
    }

    /// <summary>Looks up the ends that somebody here waits for.</summary>
    /// <exception cref="BusUnavailableException">The bus is away.</exception>
    public async Task LookUpEndsAsync(CancellationToken cancellationToken)
    {
        foreach (var id in answers.Ids.Concat(runs.Awaited()).Distinct(StringComparer.Ordinal))
        {
            foreach (var key in (string[])[IdempotencyKeys.Chat(id), IdempotencyKeys.Agent(id)])
            {
                if (await book.FindOverAsync(key, cancellationToken).ConfigureAwait(false) is { } over)
                    outcomes.Adopt(key, over);
            }
        }
    }
}
