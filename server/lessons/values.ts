/**
 * Makes the learner's own values. They follow from a secret and the sandbox, so that they are the same after a restart
 * of the server without being stored. Knows nothing about sandboxes, and runs no scripts.
 */
import { createHmac } from 'node:crypto';
import type { CatalogValue } from './catalog.ts';

/** What the values follow from. */
export interface ValueSeed {
  /** Random bytes that learners do not know. */
  readonly secret: Buffer;
  /** The sandbox's id. */
  readonly id: string;
  /** Others after a reset. */
  readonly generation: number;
}

/** First port, and how many there are. */
const PORTS = { first: 20_000, count: 10_000 } as const;
const PASSWORD_LENGTH = 12;
/** Letters and digits that look different from each other in every font. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ';
const PASSWORD_CHARACTERS = `${LETTERS}23456789`;

/** Short, easy to read out and to type, without a second meaning for a shell. */
const WORDS = `
anchor amber arbor atlas aurora badger ballast banner barley barnacle basil beacon beaver birch bobbin bosun bramble
brass breeze brick bridge briar buoy cabin candle canoe canvas cargo cedar chart cinder clover cobalt cockle compass
copper coral cormorant cove crane cricket current cutter daisy dinghy dolphin dory drifter dune eider ember falcon fern
ferry fiddle finch fjord flint flotilla foam frigate galley gannet garnet ginger granite gull hammock harbor harvest hatch
hazel heather heron hollow horizon ivory jasper jetty juniper kayak keel kelp kestrel kettle lagoon lantern lapwing larch
laurel lemon lichen lighter linen lobster lugger lupin mallard maple marble marina marlin marten meadow mimosa mooring
mussel nectar nettle nutmeg oak oar ocean olive orchard osprey otter oyster paddle pebble pelican pepper petrel pier pilot
plover poppy porpoise puffin quartz quay rafter raven reef rigging ripple river robin rosemary rowan rudder saffron sailor
salmon sandbar schooner seal shanty shingle shore skiff skipper sloop snipe spinnaker sparrow spruce starling sterling stork
summit sunset swallow swan tanager teak tern thicket thistle tide tiller timber topaz trawler trellis trident tugboat
tulip turtle umber velvet violet voyage walnut walrus warbler wharf wicker willow winch windlass yarrow yawl zephyr
`
  .trim()
  .split(/\s+/);

/** The values by name, but for those of scripts. Words differ from each other within a lesson, and so do ports. */
export function makeValues(
  values: readonly Pick<CatalogValue, 'name' | 'kind'>[],
  seed: ValueSeed,
): Record<string, string> {
  const made: Record<string, string> = {};
  const taken = new Set<string>();
  /** The first free one of `count`, from a place that follows from the seed. */
  const pick = (name: string, count: number, nth: (place: number) => string): string => {
    const start = Number(numberOf(seed, name) % BigInt(count));
    for (let step = 0; ; step++) {
      const found = nth((start + step) % count);
      if (taken.has(found) && step < count) continue;
      taken.add(found);
      return found;
    }
  };
  for (const { name, kind } of values) {
    if (kind === 'word') made[name] = pick(name, WORDS.length, (place) => WORDS[place] ?? '');
    if (kind === 'port') made[name] = pick(name, PORTS.count, (place) => String(PORTS.first + place));
    if (kind === 'password') made[name] = password(numberOf(seed, name));
  }
  return made;
}

/** A number of 256 bits that only who has the secret can tell. */
function numberOf({ secret, id, generation }: ValueSeed, name: string): bigint {
  const mac = createHmac('sha256', secret).update(JSON.stringify(['drydock value', id, generation, name]));
  return BigInt(`0x${mac.digest('hex')}`);
}

/** Begins with a letter, so that no program takes it for an option or a number. */
function password(random: bigint): string {
  let rest = random;
  let text = '';
  while (text.length < PASSWORD_LENGTH) {
    const characters = text === '' ? LETTERS : PASSWORD_CHARACTERS;
    text += characters[Number(rest % BigInt(characters.length))];
    rest /= BigInt(characters.length);
  }
  return text;
}
