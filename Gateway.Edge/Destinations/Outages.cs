using System.Runtime.CompilerServices;
using Yarp.ReverseProxy.Model;

namespace OpenClaw.Gateway.Edge.Destinations;

/// <summary>
/// Which instances do not answer. A process that is stopped, or cut off, closes no connection: without this its clients would wait for as long as
/// a silent answer may take.
/// </summary>
internal sealed class Outages
{
    private readonly ConditionalWeakTable<DestinationState, Outage> _outages = [];

    /// <summary>Cancelled when the instance does not answer, now or later.</summary>
    public CancellationToken TokenOf(DestinationState destination) => _outages.GetOrCreateValue(destination).Token;

    public void Begin(DestinationState destination) => _outages.GetOrCreateValue(destination).Begin();

    public void End(DestinationState destination) => _outages.GetOrCreateValue(destination).End();

#pragma warning disable CA1001 // It has no timer and no handle, and requests may still hold its token.
    private sealed class Outage
#pragma warning restore CA1001
    {
        private volatile CancellationTokenSource _begun = new();

        public CancellationToken Token => _begun.Token;

        public void Begin() => _begun.Cancel();

        public void End()
        {
            if (_begun.IsCancellationRequested)
                _begun = new CancellationTokenSource();
        }
    }
}
