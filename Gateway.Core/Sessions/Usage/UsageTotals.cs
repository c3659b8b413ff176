using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>Sums of tokens and US dollars. Adds up while transcripts are read; treat it as read-only afterwards.</summary>
internal class UsageTotals
{
    public long Input { get; set; }
    public long Output { get; set; }
    public long CacheRead { get; set; }
    public long CacheWrite { get; set; }
    public long TotalTokens { get; set; }
    public double TotalCost { get; set; }
    public double InputCost { get; set; }
    public double OutputCost { get; set; }
    public double CacheReadCost { get; set; }
    public double CacheWriteCost { get; set; }

    /// <summary>Model calls whose price is not known; their cost is not in the sums.</summary>
    public long MissingCostEntries { get; set; }

    public void Add(UsageNumbers usage, UsageCost? cost)
    {
        Input += usage.Input;
        Output += usage.Output;
        CacheRead += usage.CacheRead;
        CacheWrite += usage.CacheWrite;
        TotalTokens += usage.Total;
        if (cost is null)
        {
            MissingCostEntries++;
            return;
        }
        TotalCost += cost.Total;
        InputCost += cost.Input;
        OutputCost += cost.Output;
        CacheReadCost += cost.CacheRead;
        CacheWriteCost += cost.CacheWrite;
    }

    public void Add(UsageSums other)
    {
        Input += other.Input;
        Output += other.Output;
        CacheRead += other.CacheRead;
        CacheWrite += other.CacheWrite;
        TotalTokens += other.TotalTokens;
        TotalCost += other.TotalCost;
        InputCost += other.InputCost;
        OutputCost += other.OutputCost;
        CacheReadCost += other.CacheReadCost;
        CacheWriteCost += other.CacheWriteCost;
        MissingCostEntries += other.MissingCostEntries;
    }

    public UsageSums ToSums() => new()
    {
        Input = Input,
        Output = Output,
        CacheRead = CacheRead,
        CacheWrite = CacheWrite,
        TotalTokens = TotalTokens,
        TotalCost = TotalCost,
        InputCost = InputCost,
        OutputCost = OutputCost,
        CacheReadCost = CacheReadCost,
        CacheWriteCost = CacheWriteCost,
        MissingCostEntries = MissingCostEntries,
    };
}
