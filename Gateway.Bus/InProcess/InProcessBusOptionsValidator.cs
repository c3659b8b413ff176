using Microsoft.Extensions.Options;

namespace OpenClaw.Gateway.Bus.InProcess;

internal sealed class InProcessBusOptionsValidator : IValidateOptions<InProcessBusOptions>
{
    public ValidateOptionsResult Validate(string? name, InProcessBusOptions options)
    {
        string?[] errors =
        [
            DirectoryError(options.StateDirectory),
            OptionRange.Error(nameof(options.MaxPayloadBytes), options.MaxPayloadBytes, 1 << 10, 1 << 30),
            OptionRange.Error(nameof(options.MaxMapEntries), options.MaxMapEntries, 1, 10_000_000),
            OptionRange.Error(nameof(options.MaxMapValueBytes), options.MaxMapValueBytes, 1 << 10, 64 << 20),
            OptionRange.Error(nameof(options.MaxQueueEntryBytes), options.MaxQueueEntryBytes, 1 << 10, 64 << 20),
            OptionRange.Error(nameof(options.MaxQueueEntries), options.MaxQueueEntries, 1, 10_000_000),
            OptionRange.Error(nameof(options.MaxQueueBytes), options.MaxQueueBytes, 1 << 20, 1L << 40),
            OptionRange.Error(nameof(options.MaxDeadLetters), options.MaxDeadLetters, 1, 1_000_000),
            OptionRange.Error(nameof(options.JournalSegmentBytes), options.JournalSegmentBytes, 64 << 10, 256 << 20),
        ];
        var wrong = errors.Where(e => e is not null).Select(e => $"{nameof(InProcessBusOptions)}: {e}").ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static string? DirectoryError(string directory) =>
        string.IsNullOrWhiteSpace(directory) ? $"{nameof(InProcessBusOptions.StateDirectory)} is not set; give the directory that holds the queues' journals."
        : !Path.IsPathFullyQualified(directory) ? $"{nameof(InProcessBusOptions.StateDirectory)} is '{directory}'; allowed is an absolute path."
        : null;
}
