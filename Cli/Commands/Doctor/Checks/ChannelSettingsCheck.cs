using OpenClaw.Cli.Diagnosis;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Channels that are set up half: what they lack can be seen without asking anybody.</summary>
internal sealed class ChannelSettingsCheck : IDoctorCheck
{
    private static readonly (string Key, string FileKey, string? Variable)[] TelegramToken = [("botToken", "tokenFile", "TELEGRAM_BOT_TOKEN")];

    public string Area => "Channels";

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Finding>>(patient.Snapshot.Valid ? [.. Telegram(patient)] : []);

    private static IEnumerable<Finding> Telegram(Patient patient)
    {
        var section = patient.Snapshot.Root.Section("channels").Section("telegram");
        if (!section.Exists || section.Bool("enabled") == false)
            yield break;
        var accounts = section.Section("accounts").Children().ToList();
        var named = accounts.Count == 0 ? [new("default", section)] : accounts;
        foreach (var (name, account) in named.Where(static account => account.Value.Bool("enabled") != false))
        {
            var (key, fileKey, variable) = TelegramToken[0];
            var file = account.Text(fileKey) ?? (name == "default" ? section.Text(fileKey) : null);
            if (file is not null && !File.Exists(patient.Environment.ExpandPath(file)))
            {
                yield return new Finding("channels.telegram.token_file", FindingSeverity.Error, "A bot's token file is missing", $"Account {name}: {file} does not exist.");
            }
            else if (file is null && account.Text(key) is null && !(name == "default" && (section.Text(key) is not null || patient.Snapshot.GetVariable(variable!) is not null)))
            {
                yield return new Finding("channels.telegram.token_missing", FindingSeverity.Error, "A bot has no token", $"Telegram account {name} is on, and has neither botToken nor tokenFile.")
                {
                    Remedy = $"{patient.Environment.CommandName} config set channels.telegram.botToken <token of @BotFather>",
                };
            }
        }
    }
}
