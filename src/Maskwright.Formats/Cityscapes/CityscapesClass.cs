using Maskwright.Images;

namespace Maskwright.Formats.Cityscapes;

/// <summary>A row of the table of classes.</summary>
/// <param name="Name">The class.</param>
/// <param name="Id">Its label; -1 for one that is never drawn.</param>
/// <param name="TrainId">Its label in training; 255 for none.</param>
/// <param name="Group">The group of classes, which Cityscapes calls category.</param>
/// <param name="GroupId">The group's number.</param>
/// <param name="HasInstances">Whether its objects are told apart.</param>
/// <param name="IsIgnored">Whether it does not count in the benchmark.</param>
/// <param name="Colour">Its colour.</param>
internal sealed record CityscapesClass(string Name, int Id, int TrainId, string Group, int GroupId, bool HasInstances, bool IsIgnored, RgbColour Colour);
